"""The site's fixed pages: home, help, legal pages, health."""

from .views import bp

__all__ = ["bp"]
