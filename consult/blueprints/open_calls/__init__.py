"""Open calls: the list, one call, its feed, its dates."""

from . import feeds, views
from .routes import bp

__all__ = ["bp", "feeds", "views"]
