"""The answers that institutions promised, and whether they came."""

from .views import bp

__all__ = ["bp"]
