"""The rooms: their list, and one page each."""

from .views import bp

__all__ = ["bp"]
