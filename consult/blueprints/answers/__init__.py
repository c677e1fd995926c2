"""Answering: the page of a question, the check page, the receipt, and the page of each answer."""

from . import asking, receipts, sending, showing
from .routes import bp

__all__ = ["asking", "bp", "receipts", "sending", "showing"]
