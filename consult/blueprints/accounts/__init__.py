"""Signing in by e-mail, signing out, one's own space, leaving a shared computer."""

from . import (
    access_codes,
    entrance,
    invitations,
    passwords,
    profile,
    role_invitations,
    second_steps,
    space,
)
from .routes import bp

__all__ = [
    "access_codes",
    "bp",
    "entrance",
    "invitations",
    "passwords",
    "profile",
    "role_invitations",
    "second_steps",
    "space",
]
