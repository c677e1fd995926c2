"""Signing in by e-mail, signing out, one's own space, leaving a shared computer."""

from . import (
    confirming,
    entrance,
    identities,
    invitations,
    passkeys,
    passwords,
    provider,
    second_steps,
    space,
)
from .routes import bp

__all__ = [
    "bp",
    "confirming",
    "entrance",
    "identities",
    "invitations",
    "passkeys",
    "passwords",
    "provider",
    "second_steps",
    "space",
]
