"""Published syntheses: the page that everyone reads, its versions, who finds themselves in it."""

from . import hearings, pictures, views
from .routes import bp

__all__ = ["bp", "hearings", "pictures", "views"]
