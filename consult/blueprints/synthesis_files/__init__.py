"""The files of published syntheses: sent to whoever may read them, made ahead by the worker."""

from .views import bp

__all__ = ["bp"]
