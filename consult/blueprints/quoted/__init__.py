"""The page where someone quoted by name says that they do not agree."""

from . import views
from .routes import bp

__all__ = ["bp", "views"]
