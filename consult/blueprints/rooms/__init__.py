"""The rooms: their list, and the pages of each."""

from . import agenda, files, registers, views
from .routes import bp

__all__ = ["agenda", "bp", "files", "registers", "views"]
