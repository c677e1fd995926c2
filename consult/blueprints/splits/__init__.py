"""The split of a call: its preparation, its result, the files that prove it."""

from . import files, observatory, preparing, views
from .routes import bp

__all__ = ["bp", "files", "observatory", "preparing", "views"]
