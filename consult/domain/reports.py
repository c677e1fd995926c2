"""What someone may report about a text, what is asked of them, and what they are answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from . import clean, moderation
from .errors import RuleBroken
from .kinds import N_

ILLEGAL, CHILD_ABUSE = "illegal", "child_abuse"
REASONS: dict[str, str] = {
    **moderation.REASONS,
    ILLEGAL: N_("Illegal content"),
    CHILD_ABUSE: N_("Sexual abuse of a child"),
}
NEEDS_NAME = frozenset({ILLEGAL})  # article 16(2) of the Digital Services Act
KEPT, HIDDEN, TO_CORRECT, WITHDRAWN = "kept", "hidden", "to_correct", "withdrawn"
OUTCOMES = {
    KEPT: N_("The text stays public."),
    HIDDEN: N_("The text is hidden."),
    TO_CORRECT: N_("The text is hidden until its author corrects it."),
    WITHDRAWN: N_("Its author withdrew the text."),
}
EXPLANATION_LIMIT = 3_000
NAME_LIMIT = 120
PREFIX = "S"


@dataclass(frozen=True)
class Notice:
    """What a person says of a text, made safe to store."""

    reason: str
    explanation: str = ""
    name: str = ""
    email: str = ""
    good_faith: bool = False


def read(typed: Mapping[str, object]) -> Notice:
    """Return the notice typed in a form.

    Nothing but a reason is required, except for illegal content: a name, an e-mail address and a
    statement of good faith. Sexual abuse of a child is told without a name.
    Raises report-reason-missing, report-name-missing, email-unreadable or good-faith-missing.
    """
    reason = typed.get("reason")
    if not isinstance(reason, str) or reason not in REASONS:
        raise RuleBroken("report-reason-missing")
    needed = reason in NEEDS_NAME
    notice = Notice(
        reason=reason,
        explanation=clean.text(typed.get("explanation"), EXPLANATION_LIMIT),
        name=clean.line(
            typed.get("name"), NAME_LIMIT, required="report-name-missing" if needed else ""
        ),
        email=clean.email(typed.get("email"), required="email-unreadable" if needed else ""),
        good_faith=bool(typed.get("good_faith")),
    )
    if needed and not notice.good_faith:
        raise RuleBroken("good-faith-missing")
    return notice


def label(outcome: str, reason: str) -> str:
    """Return the words of the reason of an outcome, "" when there is none."""
    known = moderation.KEPT_REASONS if outcome == KEPT else moderation.REASONS
    return known.get(reason, "")
