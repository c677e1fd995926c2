"""Signing in by e-mail, signing out, one's own space, leaving a shared computer."""

from . import (
    access_codes,
    confirming,
    entrance,
    identities,
    invitations,
    passkeys,
    passwords,
    profile,
    provider,
    second_steps,
    space,
)
from .routes import bp

__all__ = [
    "access_codes",
    "bp",
    "confirming",
    "entrance",
    "identities",
    "invitations",
    "passkeys",
    "passwords",
    "profile",
    "provider",
    "second_steps",
    "space",
]
