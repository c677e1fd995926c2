"""What a project says and asks: its amounts, the lines of its budget, what it lacks to be sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from . import clean, money
from .errors import RuleBroken
from .kinds import N_

TITLE_LIMIT = 150
NAME_LIMIT = 200
WORDS_LIMIT = 5_000
PHONE_LIMIT = 40
MOST_LINES = 40
MOST_PARTNERS = 10
COST, OTHER = "cost", "other"
STATES = {
    "draft": N_("Draft"),
    "submitted": N_("Sent in"),
    "withdrawn": N_("Taken back"),
}
HELP = {
    "equipment": N_("Equipment"),
    "room": N_("A place"),
    "skills": N_("Know-how"),
    "other": N_("Other help"),
}


@dataclass(frozen=True)
class Line:
    """A line of a budget: what is paid for, or who else gives, and how much in cents."""

    side: str
    label: str
    cents: int


@dataclass(frozen=True)
class Facts:
    """What a project says, read from a form; amounts in cents, none where nothing was typed."""

    title: str
    for_whom: str = ""
    what: str = ""
    place: str = ""
    territory_code: str = ""
    group_name: str = ""
    asked_cents: int | None = None
    cost_cents: int | None = None
    other_cents: int | None = None
    priority: int | None = None
    theme: int | None = None
    help_wanted: str = ""
    help_offered: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    lines: tuple[Line, ...] = ()
    # The organisation that leads, by its id, or the name and the function of one to declare.
    lead: str = ""
    declared: tuple[str, str] = ("", "")
    partners: tuple[str, ...] = ()


class Asks(Protocol):
    """Anything that carries the amounts of a project."""

    @property
    def title(self) -> str:
        """Its name."""

    @property
    def for_whom(self) -> str:
        """Whom it is for."""

    @property
    def what(self) -> str:
        """What will be done."""

    @property
    def contact_email(self) -> str:
        """Where to reach those who carry it."""

    @property
    def asked_cents(self) -> int | None:
        """What it asks of the call."""

    @property
    def cost_cents(self) -> int | None:
        """What it costs in all."""

    @property
    def other_cents(self) -> int | None:
        """What others give."""

    @property
    def priority(self) -> int | None:
        """Its class, from 1, where the call has some."""


class Demands(Protocol):
    """What a call demands of a project."""

    @property
    def lines_above_cents(self) -> int | None:
        """The amount above which the lines of the budget are given."""

    @property
    def cap_share(self) -> int | None:
        """The most it gives of a cost, in hundredths of a percent."""

    @property
    def priorities(self) -> Sequence[str]:
        """Its classes of projects."""


def amount(raw: object, locale: str) -> int | None:
    """Read an amount as a language writes it, none when nothing was typed; see `money.read`."""
    typed = clean.line(raw, 60)
    return money.read(typed, locale) if typed else None


def lines(side: str, labels: Sequence[str], amounts: Sequence[str], locale: str) -> list[Line]:
    """Read the lines of one side of a budget; those left empty are none.

    Raises budget-lines-too-many, budget-label-missing, and what `money.read` raises.
    """
    if len(labels) != len(amounts) or len(labels) > MOST_LINES + MOST_LINES:
        raise RuleBroken("budget-lines-too-many", max=MOST_LINES)
    found = []
    for label, typed in zip(labels, amounts, strict=True):
        name, cents = clean.line(label, NAME_LIMIT), amount(typed, locale)
        if not name and cents is None:
            continue
        if not name:
            raise RuleBroken("budget-label-missing")
        if cents is None:
            raise RuleBroken("amount-missing")
        found.append(Line(side, name, cents))
    if len(found) > MOST_LINES:
        raise RuleBroken("budget-lines-too-many", max=MOST_LINES)
    return found


def partners(raw: object) -> tuple[str, ...]:
    """Read the names of the other carriers, one a line, each once; partners-too-many."""
    typed = clean.text(raw, MOST_PARTNERS * 4 * NAME_LIMIT).split("\n")
    names = [clean.line(one, NAME_LIMIT) for one in typed]
    found = tuple(dict.fromkeys(name for name in names if name))
    if len(found) > MOST_PARTNERS:
        raise RuleBroken("partners-too-many", max=MOST_PARTNERS)
    return found


def priority(raw: object, classes: Sequence[str]) -> int | None:
    """Read the class of a project, from 1, none when none was chosen; priority-unknown."""
    return _place(raw, classes, "priority-unknown")


def theme(raw: object, themes: Sequence[str]) -> int | None:
    """Read the theme of a project, from 1, none when none was chosen; theme-unknown."""
    return _place(raw, themes, "theme-unknown")


def _place(raw: object, offered: Sequence[str], code: str) -> int | None:
    if raw in (None, ""):
        return None
    if raw not in [str(number) for number in range(1, len(offered) + 1)]:
        raise RuleBroken(code)
    return int(str(raw))


def kind_of_help(raw: object) -> str:
    """Read a kind of help, or raise help-kind-unknown."""
    if not isinstance(raw, str) or raw not in HELP:
        raise RuleBroken("help-kind-unknown")
    return raw


def needs_lines(asked: int, call: Demands) -> bool:
    """Tell whether the call demands the lines of a budget for this amount."""
    return call.lines_above_cents is not None and asked > call.lines_above_cents


def lacks(project: Asks, held: Sequence[Line], call: Demands) -> list[RuleBroken]:
    """Return what keeps a project from being sent, in the order of its form; nothing is best."""
    said = {
        "project-title-missing": project.title,
        "for-whom-missing": project.for_whom,
        "what-missing": project.what,
        "asked-missing": project.asked_cents,
        "project-email-missing": project.contact_email,
        "priority-missing": project.priority or not call.priorities,
    }
    found = [RuleBroken(code) for code, value in said.items() if not value]
    return found + _budget(project, held, call)


def total(typed: int | None, lines: Sequence[Line], side: str) -> int | None:
    """Return an amount as typed, in cents; left empty, it is the sum of its lines, if any."""
    if typed is not None:
        return typed
    return sum(line.cents for line in lines if line.side == side) or None


def _budget(project: Asks, held: Sequence[Line], call: Demands) -> list[RuleBroken]:
    asked, cost, other = project.asked_cents or 0, project.cost_cents, project.other_cents or 0
    sums = {side: sum(line.cents for line in held if line.side == side) for side in (COST, OTHER)}
    demanded = needs_lines(asked, call)
    if cost is None:
        wanted = demanded or held or other or call.cap_share is not None
        return [RuleBroken("cost-missing")] if wanted else []
    found = []
    if asked + other > cost:
        found.append(RuleBroken("cost-below-funding", cents=asked + other))
    if demanded and not sums[COST]:
        found.append(RuleBroken("budget-lines-missing"))
    elif sums[COST] and sums[COST] != cost:
        found.append(RuleBroken("budget-cost-differs", cents=sums[COST]))
    if sums[OTHER] != other and (demanded or sums[OTHER]):
        found.append(RuleBroken("budget-other-differs", cents=sums[OTHER]))
    return found
