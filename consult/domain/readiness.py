"""What a consultation still lacks before it is published, and what would make it better."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from .kinds import N_


@dataclass(frozen=True)
class State:
    """What the list looks at; `theme_contents` counts what each shown theme lets people do."""

    title: str
    asked_by: str
    purpose: str
    will_decide: str
    opens_at: datetime | None
    closes_at: datetime | None
    theme_contents: tuple[int, ...]
    listed: int | None
    contact: bool
    synthesis_at: datetime | None = None


class Point(NamedTuple):
    """One line of the list: where it is put right, its sentence, and whether it holds."""

    where: str
    sentence: str
    met: bool
    required: bool


AHEAD = ("dates", N_("A closing date still to come"))


def points(state: State, now: datetime) -> list[Point]:
    """Return the whole list, what publication requires first; what cannot be said yet is left out.

    A close to come is looked at once there is a date, a list of people where one is needed.
    """
    contents = state.theme_contents
    required = [
        ("edit", N_("A title, who asks and why"), _told(state)),
        ("dates", N_("An opening date and a closing date"), _dated(state)),
        *([] if state.closes_at is None else [(*AHEAD, state.closes_at > now)]),
        ("themes", N_("One theme at least that people see"), bool(contents)),
        ("themes", N_("Something to answer in each theme"), bool(contents) and all(contents)),
        *([] if state.listed is None else [("access", N_("People on the list"), state.listed > 0)]),
    ]
    advised = [
        ("edit", N_("What will be decided with the answers"), bool(state.will_decide)),
        ("edit", N_("A person to call for help"), state.contact),
        ("dates", N_("A day by which the summary will be there"), state.synthesis_at is not None),
    ]
    return [Point(*point, required=True) for point in required] + [
        Point(*point, required=False) for point in advised
    ]


def missing(state: State, now: datetime) -> list[Point]:
    """Return what publication requires and is not there."""
    return [point for point in points(state, now) if point.required and not point.met]


def _told(state: State) -> bool:
    return bool(state.title and state.asked_by and state.purpose)


def _dated(state: State) -> bool:
    return state.opens_at is not None and state.closes_at is not None
