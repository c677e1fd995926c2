"""Projects of open calls: written, sent, shown, helped, checked against the principles."""

from . import checking, contesting, files, helping, reporting, showing, writing
from .routes import bp

__all__ = ["bp", "checking", "files", "helping", "contesting", "reporting", "showing", "writing"]
