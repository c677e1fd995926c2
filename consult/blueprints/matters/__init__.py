"""Matters that go from room to room: their lists, the page of each, what one may do with it."""

from . import asking, beginning, lists, moving, rewording, settings, views
from .routes import bp

__all__ = ["asking", "beginning", "bp", "lists", "moving", "rewording", "settings", "views"]
