"""The page of an organisation: all that it answered under its name."""

from .views import bp

__all__ = ["bp"]
