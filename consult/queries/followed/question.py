"""Following a question: its answers, and what the organiser says of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select

from ...domain.kinds import N_
from ...models import AnswerQuestion, Consultation, Outcome, Question, Statement, Theme
from .. import consultations
from . import _rows

RANK = 20
LABEL = N_("Question")
LABELS = {"outcome": N_("The organiser has answered"), "answer": N_("New answer")}


def named(keys: Sequence[str], reader: consultations.Reader, now: datetime) -> _rows.Rows:
    """Select the wording, the path and the time zone of a question."""
    return (
        select(
            Question.id.label("key"),
            func.substr(Question.wording, 1, 2 * _rows.TITLE).label("title"),
            _rows.question_path().label("path"),
            Consultation.time_zone.label("time_zone"),
        )
        .join(Theme, Theme.id == Question.theme_id)
        .join(Consultation, Consultation.id == Question.consultation_id)
        .where(Question.id.in_(keys), ~Theme.hidden, consultations.is_visible(reader, now))
    )


def news(key: str, window: _rows.Window) -> list[Any]:
    """Return the selects of what happened to a question."""
    further = select(AnswerQuestion.statement_id).where(AnswerQuestion.question_id == key)
    addressed = or_(Statement.question_id == key, Statement.id.in_(further))
    return [
        _rows.question_outcomes(window, Outcome.question_id == key),
        _rows.texts(window, Statement.kind == "answer", addressed),
    ]
