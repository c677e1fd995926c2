"""Whether a project respects the principles of its call; nothing here ranks anyone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from . import clean
from .errors import RuleBroken
from .kinds import N_

YES = "yes"
TO_COMPLETE = "to_complete"
NO = "no"
VERDICTS = {YES: N_("Yes"), TO_COMPLETE: N_("To complete"), NO: N_("No")}

WORDS_LIMIT = 2_000

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
    """What was said of one principle; `second` is what a second person said of a "no".

    It is current while the project has not changed since.
    """

    verdict: str
    second: str | None = None
    is_current: bool = True

    @property
    def agreed(self) -> str | None:
        """The verdict of the readers; none for a "no" that nobody has read again yet."""
        if self.verdict != NO:
            return self.verdict
        return self.second

    @property
    def settled(self) -> str | None:
        """The verdict that counts: none once the project changed, until it is read again."""
        return self.agreed if self.is_current else None


def standing(principles: Collection[str], readings: Mapping[str, Reading]) -> str:
    """Return where a project stands: it respects all, must be completed, is unread, is refused.

    `principles` are the ids of those of the call, `readings` what was said of each. A "no" refuses
    once a second person has said "no" too; until then the project counts as not read, and so it
    does once it changed. A project of a call without principles respects them all.
    """
    settled = [readings[one].settled if one in readings else None for one in principles]
    if NO in settled:
        return REFUSED
    if TO_COMPLETE in settled:
        return TO_COMPLETE
    return UNREAD if None in settled else RESPECTS


def with_conditions(reached: str, *, unmet: bool) -> str:
    """Return where a project stands once the facts of the platform are read too.

    A fact that is not met yet is one thing more to complete; it refuses nobody.
    """
    if not unmet or reached == REFUSED:
        return reached
    return TO_COMPLETE


@dataclass(frozen=True)
class Verdict:
    """What a reader says of one principle: the verdict, why, and what would mend it."""

    principle_id: str
    verdict: str
    reason: str = ""
    fix: str = ""


def read(said: Verdict) -> Verdict:
    """Read a verdict: all but a "yes" says why, and what would mend it.

    Raises verdict-unknown, assessment-reason-missing and assessment-fix-missing.
    """
    if said.verdict not in VERDICTS:
        raise RuleBroken("verdict-unknown")
    if said.verdict == YES:
        return Verdict(said.principle_id, YES)
    reason = clean.text(said.reason, WORDS_LIMIT, required="assessment-reason-missing")
    fix = clean.text(said.fix, WORDS_LIMIT, required="assessment-fix-missing")
    return Verdict(said.principle_id, said.verdict, reason, fix)


def reread(verdict: object, reason: object) -> tuple[str, str]:
    """Read what a second person says of a "no"; whoever does not agree says why.

    Raises verdict-unknown and assessment-reason-missing.
    """
    if not isinstance(verdict, str) or verdict not in VERDICTS:
        raise RuleBroken("verdict-unknown")
    needed = "" if verdict == NO else "assessment-reason-missing"
    return verdict, clean.text(reason, WORDS_LIMIT, required=needed)
