"""Opinions given by their buttons: on answers, proposals, amendments and arguments."""

from .views import bp

__all__ = ["bp"]
