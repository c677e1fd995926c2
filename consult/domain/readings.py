"""What each text became for those who write the synthesis: always one thing, and one only."""

from datetime import timedelta

from .errors import RuleBroken
from .kinds import N_

USED, READ, SET_ASIDE, GROUPED, HIDDEN, UNREAD = STATES = (
    "used",
    "read",
    "set_aside",
    "grouped",
    "hidden",
    "unread",
)
LABELS = {
    USED: N_("Used in the synthesis"),
    READ: N_("Read, not used"),
    SET_ASIDE: N_("Set aside"),
    GROUPED: N_("Grouped with a text that says the same"),
    HIDDEN: N_("Hidden by moderation"),
    UNREAD: N_("Not read yet"),
}
# What is read, in this order. A source is a reference, not a text; what answers a closed question
# is counted with the figures.
KINDS = ("answer", "proposal", "amendment", "argument", "comment")
TEXT_KINDS = ("long_text", "short_text")
# Sent, and not taken back: what waits for moderation is not read yet, what it refused is hidden.
COUNTED = ("pending", "published", "to_correct", "hidden")
REFUSED = ("to_correct", "hidden")
REASONS = {
    "off_topic": N_("Off topic"),
    "said_elsewhere": N_("Already said by another text"),
    "nothing_said": N_("Says nothing that can be used"),
    "unclear": N_("Cannot be understood"),
    "other_place": N_("For someone else to answer"),
}
HOLD_FOR = timedelta(minutes=15)
FEWEST_TEXTS = 30  # under that, people see by themselves which texts are alike
SILENT_FOR = timedelta(minutes=3)  # a job that says nothing for so long was killed


def became(state: str, *, used: bool, grouped: bool, reading: str | None) -> str:
    """Return what a text became: the first that is true of hidden, used, grouped, read, unread.

    `reading` is "read" or "set_aside", None while nobody has read it as it stands now.
    """
    if state in REFUSED:
        return HIDDEN
    if state != "published":
        return UNREAD
    if used:
        return USED
    if grouped:
        return GROUPED
    return reading or UNREAD


def mark(state: str, reason: str) -> tuple[str, str]:
    """Return the state and the reason to keep, or raise reading-unknown, set-aside-reason."""
    if state == SET_ASIDE:
        if reason not in REASONS:
            raise RuleBroken("set-aside-reason")
        return state, reason
    if state not in (READ, UNREAD):
        raise RuleBroken("reading-unknown")
    return state, ""
