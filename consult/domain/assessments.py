"""Whether a project respects the principles of its call; nothing here ranks anyone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from .kinds import N_

YES = "yes"
TO_COMPLETE = "to_complete"
NO = "no"
VERDICTS = {YES: N_("Yes"), TO_COMPLETE: N_("To complete"), NO: N_("No")}

UNREAD = "unread"
RESPECTS = "respects"
REFUSED = "refused"
STANDINGS = {
    RESPECTS: N_("Respects the principles"),
    TO_COMPLETE: N_("To complete"),
    UNREAD: N_("Not read yet"),
    REFUSED: N_("Does not respect a principle"),
}


@dataclass(frozen=True)
class Reading:
    """What was said of one principle; `second` is what a second person said of a "no"."""

    verdict: str
    second: str | None = None

    @property
    def settled(self) -> str | None:
        """The verdict that counts; none for a "no" that nobody has read again yet."""
        if self.verdict != NO:
            return self.verdict
        return self.second


def standing(principles: Collection[str], readings: Mapping[str, Reading]) -> str:
    """Return where a project stands: it respects all, must be completed, is unread, is refused.

    `principles` are the ids of those of the call, `readings` what was said of each. A "no" refuses
    once a second person has said "no" too; until then the project counts as not read. A project
    of a call without principles respects them all.
    """
    settled = [readings[one].settled if one in readings else None for one in principles]
    if NO in settled:
        return REFUSED
    if TO_COMPLETE in settled:
        return TO_COMPLETE
    return UNREAD if None in settled else RESPECTS
