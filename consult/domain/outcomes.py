"""What the organiser says became of a question or a statement."""

from .errors import RuleBroken
from .kinds import N_

KEPT = "kept"
PARTLY = "partly"
NOT_KEPT = "not_kept"
ANSWERED = "answered"
VERDICTS = (KEPT, PARTLY, NOT_KEPT, ANSWERED)

LABELS = {
    KEPT: N_("Kept"),
    PARTLY: N_("Kept in part"),
    NOT_KEPT: N_("Not kept"),
    ANSWERED: N_("Answered"),
}


def read(raw: object) -> str:
    """Return the verdict sent, or raise verdict-unknown."""
    if not isinstance(raw, str) or raw not in VERDICTS:
        raise RuleBroken("verdict-unknown")
    return raw
