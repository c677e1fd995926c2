"""Consultations as the public reads them: the list, one of them, its answers and proposals."""

from . import editions, figures, listing
from .views import bp

__all__ = ["bp", "editions", "figures", "listing"]
