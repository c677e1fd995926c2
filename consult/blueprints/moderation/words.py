"""The words of the queue: buttons and their keys, what is left to read a text, what was decided."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...domain import moderation, roles, rooms, signs
from ...domain.kinds import N_
from ...i18n import gettext, ngettext
from ...models import Project, Statement
from .routes import bp

# The letter between brackets presses the button: each language has its own.
BUTTONS = {
    "publish": N_("Publish (P)"),
    "hide": N_("Hide (H)"),
    "correct": N_("Ask for a correction (C)"),
    "keep": N_("Leave it public (G)"),
    "pass": N_("Pass to a colleague (T)"),
    "next": N_("Next (S)"),
    "undo": N_("Undo (U)"),
    "help": N_("Help (?)"),
}
STATES = {
    "pending": N_("To read"),
    "reported": N_("Reported"),
    "to_correct": N_("To correct"),
    "hidden": N_("Texts hidden"),
    "published": N_("Texts published"),
}
KINDS = {
    "answer": N_("Answer"),
    "proposal": N_("Proposal"),
    "amendment": N_("Amendment"),
    "argument": N_("Argument"),
    "source": N_("Source"),
    "comment": N_("Comment"),
    "project": N_("Project"),
}
DECIDED_BY = {
    roles.ORGANISER: N_("An organiser decided: %(what)s."),
    roles.ADMINISTRATOR: N_("An administrator decided: %(what)s."),
    roles.CALL_OFFICER: N_("Someone who runs the call decided: %(what)s."),
    rooms.FACILITATOR: N_("A facilitator decided: %(what)s."),
}
DONE = {
    "published": N_("published"),
    "hidden": N_("hidden"),
    "to_correct": N_("to be corrected"),
    "pending": N_("to be read"),
    "withdrawn": N_("withdrawn by its author"),
}
WANTED = {
    moderation.PUBLISH: N_("You wanted to publish it."),
    moderation.HIDE: N_("You wanted to hide it."),
    moderation.CORRECT: N_("You wanted to ask for a correction."),
    moderation.KEEP: N_("You wanted to leave it public."),
    moderation.PASS: N_("You wanted to pass it to a colleague."),
}


@dataclass(frozen=True)
class Read:
    """What is said of a text again: its kind, its name, its words."""

    kind: str
    title: str
    body: str


def read(item: Statement | Project) -> Read:
    """Return what is said of a text or of a project."""
    if isinstance(item, Project):
        return Read("project", item.title, item.what)
    return Read(item.kind, item.title, item.body or item.explanation)


def headed(kind: str, title: str) -> str:
    """Return the heading of a text: its kind, and its title if it has one."""
    name = gettext(KINDS[kind])
    return gettext("%(kind)s: %(title)s", kind=name, title=title) if title else name


def may_be_placed(row: Any) -> bool:
    """Whether who reads a text in its role of the queue may move it to other questions."""
    return row.kind == "answer" and roles.allowed(row.role, "consultation.manage")


def reasons(decision: str) -> list[tuple[str, str]]:
    """Return the reasons of a decision, in the order of their digits."""
    known = {**moderation.REASONS, **moderation.KEPT_REASONS}
    return [(key, gettext(known[key])) for key in moderation.reasons_for(decision)]


def due(sent_at: datetime, hours: int, now: datetime) -> tuple[str, bool]:
    """Say how long is left to read a text, or how late it is; and whether it is late."""
    unit, number = moderation.left(moderation.due_at(sent_at, hours), now)
    return {
        "hours": ngettext("To read within %(num)s hour", "To read within %(num)s hours", number),
        "days": ngettext("To read within %(num)s day", "To read within %(num)s days", number),
        "late-hours": ngettext("Late by %(num)s hour", "Late by %(num)s hours", number),
        "late-days": ngettext("Late by %(num)s day", "Late by %(num)s days", number),
    }[unit], unit.startswith("late")


def of_signs(names: list[str]) -> list[str]:
    """Say what a text may hold."""
    return [gettext(signs.LABELS[name]) for name in names]


def counted(decision: Any, number: int) -> str:
    """Say what was just done to how many texts."""
    if decision.from_state == decision.to_state:
        return ngettext(
            "The text stays public. Those who reported it are answered.",
            "%(num)s texts stay public. Those who reported them are answered.",
            number,
        )
    return {
        "published": ngettext("The text is published.", "%(num)s texts are published.", number),
        "hidden": ngettext(
            "The text is hidden. Its author is told why.",
            "%(num)s texts are hidden. Their authors are told why.",
            number,
        ),
        "to_correct": ngettext(
            "The author is asked to correct the text.",
            "The authors of %(num)s texts are asked to correct them.",
            number,
        ),
    }[decision.to_state]


def what(state: str, reason: str) -> str:
    """Say a state and its reason in a few words."""
    words = gettext(DONE.get(state, state))
    known = moderation.REASONS.get(reason)
    return f"{words} ({gettext(known)})" if known else words


@bp.app_template_filter("reason")
def reason(kept: str) -> str:
    """Say the reason of a state: one of the list, else the author's or the import's own words."""
    known = moderation.REASONS.get(kept)
    return gettext(known) if known else kept


def decided(decision: Any) -> str:
    """Say who decided what, by their role, never by their name."""
    said = what(decision.to_state, decision.reason)
    return gettext(DECIDED_BY.get(decision.role, DECIDED_BY[roles.ORGANISER]), what=said)


def changed(said: str) -> str:
    """Say the state of a text that changed without a decision: its author's doing."""
    return gettext("The text was changed. It is now: %(what)s.", what=said)
