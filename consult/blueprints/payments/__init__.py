"""After a split: payments, help in kind, reports of what was done, and what the call changed."""

from . import asked, board, changed, kind, mine, papers, report
from .routes import bp

__all__ = ["asked", "board", "bp", "changed", "kind", "mine", "papers", "report"]
