"""What other programs follow: feeds of texts, calendars of dates, files of data."""

from . import downloads
from .views import bp

__all__ = ["bp", "downloads"]
