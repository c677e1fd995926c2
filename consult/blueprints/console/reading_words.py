"""The words of the reading room: its buttons and their keys, what is read, what is left out."""

from typing import NamedTuple

from ...domain import readings
from ...domain.kinds import N_
from ...i18n import gettext

# The letter between brackets presses the button: each language has its own.
BUTTONS = {
    "read": N_("Read, next (L)"),
    "set_aside": N_("Set aside (M)"),
    "skip": N_("Next one (S)"),
    "unread": N_("Read it again later (R)"),
    "extract": N_("Use this passage (E)"),
    "block": N_("Block (B)"),
    "whole": N_("The whole text (T)"),
    "named": N_("Quote with the name (N)"),
    "help": N_("Help (?)"),
}
KINDS = {
    "answer": N_("Answer"),
    "proposal": N_("Proposal"),
    "amendment": N_("Amendment"),
    "argument": N_("Argument"),
    "comment": N_("Comment"),
}
BLOCKS = {
    "chapter": N_("Chapter"),
    "section": N_("Section"),
    "finding": N_("Finding"),
    "key_idea": N_("Key idea"),
    "challenge": N_("Challenge"),
    "initiative": N_("Initiative"),
    "proposition": N_("Proposal"),
    "quotation": N_("Quotation"),
    "disagreement": N_("Disagreement"),
    "open_question": N_("Open question"),
    "figure": N_("Figure"),
    "focus": N_("Focus"),
    "perspective": N_("Perspective"),
    "reply": N_("Reply of the organiser"),
}
AID_STATES = {
    "waiting": N_("It begins in a moment."),
    "running": N_("It is running."),
    "done": N_("It is done."),
    "failed": N_("It did not succeed. You can ask again."),
    "cancelled": N_("It was cancelled. The groups are as before."),
}
MOST_KEYS = 9


class Button(NamedTuple):
    """A button: what it says, and the key that presses it, none when keys are off."""

    label: str
    key: str


def buttons(keys: bool) -> dict[str, Button]:
    """Return the buttons of the reading room in the reader's language."""
    found = {}
    for name, message in BUTTONS.items():
        label = gettext(message)
        words, _, letter = label.rpartition(" (")
        found[name] = Button(label, letter[:-1].lower()) if keys else Button(words, "")
    return found


def reasons() -> list[tuple[str, str]]:
    """Return the reasons to set a text aside, in the order of their digits."""
    return [(key, gettext(label)) for key, label in readings.REASONS.items()]
