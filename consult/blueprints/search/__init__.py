"""Search in consultations, questions and everything people wrote."""

from .views import bp

__all__ = ["bp"]
