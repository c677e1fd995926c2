"""One's own data: taking all of it, erasing one's account, and what is forgotten by itself."""

from . import closed, erasing, taking
from .bp import bp

__all__ = ["bp", "closed", "erasing", "taking"]
