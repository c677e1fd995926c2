"""Writing for someone: one plain page, a slip to print, and the consultation on paper."""

from . import paper, views
from .routes import bp

__all__ = ["bp", "paper", "views"]
