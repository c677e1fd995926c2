"""Reports by anyone: one page to send one, one page to see what it was answered."""

from . import following, sending
from .routes import bp

__all__ = ["bp", "following", "sending"]
