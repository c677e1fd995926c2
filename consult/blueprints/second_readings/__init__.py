"""Second readings: asked by the author of a text, decided by someone else than the first time."""

from . import asking, deciding
from .routes import bp

__all__ = ["asking", "bp", "deciding"]
