"""Find a territory, and what there is near you: one page a territory."""

from . import views
from .routes import bp

__all__ = ["bp", "views"]
