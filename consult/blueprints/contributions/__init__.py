"""Following what one sent: its number, its state, its correction, its withdrawal."""

from . import changing, following, thanking
from .routes import bp

__all__ = ["bp", "changing", "following", "thanking"]
