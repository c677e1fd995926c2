"""A whole consultation in one file: made by the worker each night and on demand."""

from .views import bp

__all__ = ["bp"]
