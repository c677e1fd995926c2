"""Projects of open calls: written, sent, shown, helped, checked against the principles."""

from . import checking, files, helping, hiding, reporting, showing, writing
from .routes import bp

__all__ = ["bp", "checking", "files", "helping", "hiding", "reporting", "showing", "writing"]
