"""Following anything, choosing one's letters, stopping them; what the worker writes."""

from . import choosing, following, stopping
from .routes import bp

__all__ = ["bp", "choosing", "following", "stopping"]
