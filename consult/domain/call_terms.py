"""The terms of a call: what bounds its rule, what it lacks, what is locked when it is published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from . import money, sharing
from .errors import RuleBroken
from .kinds import N_
from .readiness import Point

VERSION = 1
WHOLE = 10_000  # a share of 100 %, in hundredths of a percent
EQUAL, PROPORTIONAL = "equal_awards", "proportional"
# The two rules, named so that nobody takes one for the other.
RULES = {
    EQUAL: N_("The same amount for each, without going beyond the request"),
    PROPORTIONAL: N_("The same percentage of the request"),
}
MOST_ROWS = 30
REMINDER = N_("A closing date still to come")


@dataclass(frozen=True)
class Bounds:
    """The rule of a call and what bounds it; amounts in cents, the share in hundredths of a %."""

    rule: str = EQUAL
    floor_cents: int = 0
    cap_cents: int | None = None
    cap_share: int | None = None
    carrier_cap_cents: int | None = None


@dataclass(frozen=True)
class Envelope:
    """What one funder gives, and what it is kept for."""

    funder: str
    amount_cents: int
    territory_code: str | None = None
    priority: int | None = None
    pot_id: str | None = None


@dataclass(frozen=True)
class Instalment:
    """A part of every award, in hundredths of a percent."""

    label: str
    share: int
    due_on: date | None = None
    after_report: bool = False


@dataclass(frozen=True)
class State:
    """What the readiness of a call looks at."""

    title: str
    opened_by: str
    may_apply: str
    opens_at: datetime | None
    closes_at: datetime | None
    bounds: Bounds
    contact: bool
    principles: Sequence[str] = ()
    envelopes: Sequence[Envelope] = ()
    priorities: Sequence[str] = ()
    instalments: Sequence[Instalment] = field(default=())


def check(bounds: Bounds) -> None:
    """Refuse a rule that nobody is paid by, and bounds that contradict each other.

    The proportional rule rewards asking for more, so it has a maximum in euros and a maximum share
    of the cost: cap-missing, cap-share-missing.
    """
    if bounds.rule not in sharing.payable():
        raise RuleBroken("sharing-rule-unknown")
    if bounds.rule == PROPORTIONAL and bounds.cap_cents is None:
        raise RuleBroken("cap-missing")
    if bounds.rule == PROPORTIONAL and bounds.cap_share is None:
        raise RuleBroken("cap-share-missing")
    caps = [most for most in (bounds.cap_cents, bounds.carrier_cap_cents) if most is not None]
    if any(most <= 0 for most in caps):
        raise RuleBroken("cap-of-nothing")
    if bounds.floor_cents > min(caps, default=bounds.floor_cents):
        raise RuleBroken("floor-above-cap")


def check_envelopes(envelopes: Sequence[Envelope], priorities: Sequence[str]) -> None:
    """Refuse an envelope kept for a priority that is not there, and too many of them."""
    if len(envelopes) > MOST_ROWS:
        raise RuleBroken("rows-too-many", max=MOST_ROWS)
    if sum(one.amount_cents for one in envelopes) > money.MOST:
        raise RuleBroken("amount-too-large", most=money.written(money.MOST, "fr"))
    known = range(1, len(priorities) + 1)
    if any(one.priority is not None and one.priority not in known for one in envelopes):
        raise RuleBroken("priority-unknown")


def check_instalments(instalments: Sequence[Instalment]) -> None:
    """Refuse parts that do not make the whole; none at all is one payment of everything."""
    if len(instalments) > MOST_ROWS:
        raise RuleBroken("rows-too-many", max=MOST_ROWS)
    if instalments and sum(one.share for one in instalments) != WHOLE:
        raise RuleBroken("instalments-not-whole")


def share(typed: str, locale: str) -> int:
    """Return the hundredths of a percent that people of a language type: 70, 33,33 or 33.33 %."""
    cents = money.read(typed.replace("\u202f", " ").strip().removesuffix("%").strip(), locale)
    if not 1 <= cents <= WHOLE:
        raise RuleBroken("share-out")
    return cents


def points(state: State, now: datetime) -> list[Point]:
    """Return what a call lacks, what publication requires first."""
    dated = state.opens_at is not None and state.closes_at is not None
    total = sum(one.amount_cents for one in state.envelopes)
    required = [
        ("edit", N_("A title, who opens it and who may ask"), _told(state)),
        ("edit", N_("An opening date and a closing date"), dated),
        *([] if state.closes_at is None else [("edit", REMINDER, state.closes_at > now)]),
        ("envelopes", N_("An envelope to share"), total > 0),
        ("envelopes", N_("Each envelope is kept for what exists"), _is_kept(state)),
        ("principles", N_("One principle at least"), bool(state.principles)),
        ("edit", N_("A rule, and bounds that hold together"), _holds(state.bounds)),
    ]
    advised = [("edit", N_("A person to call for help"), state.contact)]
    return [Point(*point, required=True) for point in required] + [
        Point(*point, required=False) for point in advised
    ]


def missing(state: State, now: datetime) -> list[Point]:
    """Return what publication requires and is not there."""
    return [point for point in points(state, now) if point.required and not point.met]


def locked(state: State, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the terms that publication locks; `given` holds the seed and the other settings."""
    return {
        "version": VERSION,
        **vars(state.bounds),
        "rule_version": sharing.kind(state.bounds.rule).VERSION,
        "principles": list(state.principles),
        "envelopes": [dict(vars(one)) for one in state.envelopes],
        "instalments": [
            vars(one) | {"due_on": one.due_on.isoformat() if one.due_on else None}
            for one in state.instalments
        ],
        "priorities": list(state.priorities),
        **given,
    }


def _told(state: State) -> bool:
    return bool(state.title and state.opened_by and state.may_apply)


def _holds(bounds: Bounds) -> bool:
    try:
        check(bounds)
    except RuleBroken:
        return False
    return True


def _is_kept(state: State) -> bool:
    try:
        check_envelopes(state.envelopes, state.priorities)
    except RuleBroken:
        return False
    return True
