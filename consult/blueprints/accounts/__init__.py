"""Signing in by e-mail, signing out, one's own space, leaving a shared computer."""

from . import entrance, invitations, passwords, second_steps, space
from .routes import bp

__all__ = [
    "bp",
    "entrance",
    "invitations",
    "passwords",
    "second_steps",
    "space",
]
