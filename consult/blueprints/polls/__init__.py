"""The votes of a room: reading, voting in two presses, the result and its proofs."""

from . import electing, proofs, views, voting
from .routes import bp

__all__ = ["bp", "electing", "proofs", "views", "voting"]
