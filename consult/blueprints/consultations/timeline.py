"""The steps of a consultation: the organiser's own words over the platform's phases."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from ...domain import phases
from ...i18n import gettext, instant
from ...models import Consultation


class Step(NamedTuple):
    """One step, as the page's list of phases shows it."""

    title: str
    state: str
    dates: str


def steps(consultation: Consultation, stages: Sequence[Any], now: datetime) -> list[Step]:
    """Return the steps in order: the organiser's stages, else the phases that have a date."""
    current = phases.of(consultation, now)
    dates = _dates(consultation)
    if stages:
        named = [(stage.label, stage.note) for stage in stages]
    else:
        always = (phases.OPEN, phases.OUTCOME)
        named = [
            (gettext(phases.LABELS[phase]), phase)
            for phase in phases.PHASES
            if dates[phase] or phase in always or phase == current
        ]
    return _written(named, current, dates)


def _written(named: list[tuple[str, str]], current: str, dates: dict[str, str]) -> list[Step]:
    found, told = [], set()
    for title, phase in named:
        found.append(Step(title, _state(phase, current), "" if phase in told else dates[phase]))
        told.add(phase)
    return found


def _state(phase: str, current: str) -> str:
    here, there = phases.PHASES.index(current), phases.PHASES.index(phase)
    return "current" if there == here else "past" if there < here else "coming"


def _dates(consultation: Consultation) -> dict[str, str]:
    zone = consultation.time_zone
    close = phases.ends_at(consultation.closes_at, consultation.closed_early_at)
    opened = _since(consultation.opens_at, zone)
    until = gettext("until %(instant)s", instant=instant(close, zone)) if close else ""
    return {
        phases.PREPARATION: "",
        phases.OPEN: ", ".join(filter(None, (opened, until))),
        phases.CLOSED: _since(close, zone),
        phases.SYNTHESIS: _since(consultation.synthesis_at, zone),
        phases.OUTCOME: _since(consultation.outcome_at, zone),
    }


def _since(at: datetime | None, zone: str) -> str:
    return gettext("from %(instant)s", instant=instant(at, zone)) if at else ""
