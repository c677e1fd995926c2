"""The public log of moderation, of the site and of each consultation."""

from .views import bp

__all__ = ["bp"]
