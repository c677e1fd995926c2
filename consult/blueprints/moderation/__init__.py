"""The queue of texts to read: everything that waits, for whoever may decide about it."""

from . import acts, views
from .routes import bp

__all__ = ["acts", "bp", "views"]
