"""The site's fixed pages: home, help, legal pages, health."""

from . import documents, fixed, journal, maps, views
from .bp import bp

__all__ = ["bp", "documents", "fixed", "journal", "maps", "views"]
