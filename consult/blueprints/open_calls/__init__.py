"""Open calls: the list, one call, its feed."""

from .routes import bp

__all__ = ["bp"]
