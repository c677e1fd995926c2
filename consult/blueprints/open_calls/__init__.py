"""Open calls: the list, one call, its feed, its dates."""

from . import feeds, pots, views
from .routes import bp

__all__ = ["bp", "feeds", "pots", "views"]
