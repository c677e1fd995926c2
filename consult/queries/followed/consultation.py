"""Following a consultation: its dates, the organiser's answers, what people write."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, literal, or_, select, union_all

from ...domain.kinds import N_
from ...models import Consultation, Outcome, Statement, Synthesis, SynthesisVersion
from .. import consultations, told_syntheses
from . import _rows

RANK = 40
SOON = timedelta(days=7)
LABEL = N_("Consultation")
LABELS = {
    "opened": N_("The consultation is open"),
    "closing": N_("It closes soon, and you have not answered"),
    "closed": N_("The consultation is closed"),
    "told": N_("The outcomes are published"),
    "synthesis": N_("The summary is published"),
    "synthesis_again": N_("The summary has a new version"),
    "outcome": N_("The organiser has answered"),
    "answer": N_("New answer"),
    "proposal": N_("New proposal"),
}


def named(keys: Sequence[str], reader: consultations.Reader, now: datetime) -> _rows.Rows:
    """Select the title, the path and the time zone of a consultation."""
    return select(
        Consultation.id.label("key"),
        Consultation.title.label("title"),
        _rows.consultation_path().label("path"),
        Consultation.time_zone.label("time_zone"),
    ).where(Consultation.id.in_(keys), consultations.is_visible(reader, now))


def news(key: str, window: _rows.Window) -> list[Any]:
    """Return the selects of what happened to a consultation."""
    mine = Consultation.id == key
    return [
        _dates(key, window),
        _syntheses(key, window),
        _rows.question_outcomes(window, Outcome.consultation_id == key, mine),
        _rows.outcomes(window, Outcome.consultation_id == key, mine),
        _rows.texts(
            window,
            Statement.consultation_id == key,
            Statement.kind.in_(("answer", "proposal")),
        ),
    ]


def _syntheses(key: str, window: _rows.Window) -> _rows.Rows:
    """Select the versions of the synthesis published in the window, but of a letter's own news."""
    at, is_first = SynthesisVersion.published_at, SynthesisVersion.number == 1
    what = case((is_first, "synthesis"), else_="synthesis_again")
    path = literal("/syntheses/") + Synthesis.slug
    query = _rows.row(what, SynthesisVersion.id, at, "", path, Synthesis.title)
    return (
        query.join(Synthesis, Synthesis.id == SynthesisVersion.synthesis_id)
        .join(Consultation, Consultation.id == Synthesis.consultation_id)
        .where(
            Consultation.id == key,
            consultations.is_visible(window.reader, window.now),
            window.holds(at),
            or_(~is_first, ~told_syntheses.is_told(window.email)),
        )
        .order_by(at.desc(), SynthesisVersion.id.desc())
        .limit(_rows.MOST + 1)
    )


def _dates(key: str, window: _rows.Window) -> Any:
    ends = consultations.ends_at()
    soon = (ends > window.now, ends <= window.now + SOON)
    at_dates = {
        "opened": (Consultation.opens_at, [window.holds(Consultation.opens_at)]),
        "closed": (ends, [window.holds(ends)]),
        "told": (Consultation.outcome_at, [window.holds(Consultation.outcome_at)]),
        "closing": (ends, [*soon, ~window.has_answered()]),
    }
    seen = consultations.is_visible(window.reader, window.now)
    return union_all(
        *(
            _rows.row(
                what,
                literal(f"{what}:") + Consultation.id,
                at,
                "",
                _rows.consultation_path(),
            ).where(Consultation.id == key, seen, *conditions)
            for what, (at, conditions) in at_dates.items()
        )
    )
