"""The words of the reading room: its buttons and their keys, what is read, what is left out."""

from ...domain import blocks, readings, registers
from ...domain.kinds import N_
from ...i18n import gettext
from ..moderation import words as queue

# The letter between brackets presses the button: each language has its own.
BUTTONS = {
    "read": N_("Read, next (L)"),
    "set_aside": N_("Set aside (M)"),
    "skip": N_("Next one (S)"),
    "unread": N_("Read it again later (R)"),
    "tag": N_("Tag (G)"),
    "put": N_("Put this tag (P)"),
    "extract": N_("Use this passage (E)"),
    "block": N_("Block (B)"),
    "whole": N_("The whole text (T)"),
    "named": N_("Quote with the name (N)"),
    "help": N_("Help (?)"),
}
KINDS = queue.KINDS
PAPERS = registers.KINDS
BLOCKS = {name: kind.LABEL for name, kind in blocks.KINDS.items()}
AID_STATES = {
    "waiting": N_("It begins in a moment."),
    "running": N_("It is running."),
    "done": N_("It is done."),
    "failed": N_("It did not succeed. You can ask again."),
    "cancelled": N_("It was cancelled. Everything is as before."),
}


def reasons() -> list[tuple[str, str]]:
    """Return the reasons to set a text aside, in the order of their digits."""
    return [(key, gettext(label)) for key, label in readings.REASONS.items()]
