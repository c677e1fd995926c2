"""The votes of a room: reading, voting in two presses, the result and its proofs."""

from . import proofs, views, voting
from .routes import bp

__all__ = ["bp", "proofs", "views", "voting"]
