"""Letters to the people of a room; what facilitators are told of; each stopped in one click."""

from . import reading, stopping, writing
from .routes import bp

__all__ = ["bp", "reading", "stopping", "writing"]
