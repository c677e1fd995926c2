"""What hangs on a text: arguments, sources, amendments, comments; their lists and their forms."""

from . import lists, writing
from .routes import bp

__all__ = ["bp", "lists", "writing"]
