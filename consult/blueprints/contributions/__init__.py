"""Following what one sent: its number, its state, its correction, its withdrawal."""

from . import changing, following
from .routes import bp

__all__ = ["bp", "changing", "following"]
