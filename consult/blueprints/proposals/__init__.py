"""The page of a proposal, its history, its amendments, and the form for a new idea."""

from . import amendments, ideas, views
from .routes import bp

__all__ = ["amendments", "bp", "ideas", "views"]
