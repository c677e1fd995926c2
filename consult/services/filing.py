"""Where a long answer belongs: attached to another theme or other questions, cut in two."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from ..domain import readings, searching
from ..domain.errors import RuleBroken
from ..models import Answer, AnswerQuestion, Question, Revision, Statement, Theme
from . import consultations, journal

_BETWEEN = re.compile(r"\n[^\S\n]*\n\s*|\n")
COPIED = (
    "consultation_id", "theme_id", "question_id", "contribution_id", "participant_id", "signed_as",
    "signature", "function", "speaks_from", "organisation_id", "actor_kind", "territory_code",
    "channel", "place", "created_at", "published_at", "state", "state_reason", "title",
)  # fmt: skip
TEXT_KINDS = readings.TEXT_KINDS


@dataclass(frozen=True)
class Places:
    """What an answer is attached to: questions, or a whole theme."""

    question_ids: Sequence[str] = ()
    theme_id: str | None = None


def paragraphs(body: str) -> list[str]:
    """Return the paragraphs of a text, with what separates each from the next at its end."""
    ends = [match.end() for match in _BETWEEN.finditer(body)]
    starts = [0, *ends]
    return [body[a:b] for a, b in zip(starts, [*ends, len(body)], strict=True) if body[a:b]]


def further_of(session: Session, answer: Answer) -> list[str]:
    """Return the ids of the further questions that an answer is addressed to."""
    return list(
        session.scalars(
            select(AnswerQuestion.question_id)
            .where(AnswerQuestion.statement_id == answer.id)
            .order_by(AnswerQuestion.question_id)
        )
    )


def stamp_of(session: Session, answer: Answer) -> str:
    """Return the print of an answer's text and places, which a form carries."""
    return consultations.stamp(
        {
            "body": answer.body,
            "version": answer.version,
            "theme": answer.theme_id,
            "questions": [answer.question_id, *further_of(session, answer)],
        }
    )


def attach(
    session: Session,
    answer: Answer,
    *,
    places: Places,
    version: str,
    actor: str,
    now: datetime,
) -> None:
    """Attach an answer to questions, the first being its own, or to a theme when there is none.

    Raises place-missing without either, place-unknown for those of another consultation, and
    place-kind for a question that does not take a text.
    """
    _hold(session, answer, version)
    asked = _questions(session, answer, list(dict.fromkeys(places.question_ids)))
    theme = asked[0].theme_id if asked else _theme(session, answer, places.theme_id)
    before = [answer.theme_id, answer.question_id, *further_of(session, answer)]
    session.execute(delete(AnswerQuestion).where(AnswerQuestion.statement_id == answer.id))
    answer.theme_id = theme
    answer.question_id = asked[0].id if asked else None
    session.flush()
    if asked[1:]:
        rows = [{"statement_id": answer.id, "question_id": one.id} for one in asked[1:]]
        session.execute(insert(AnswerQuestion), rows)
    _record(session, answer, "answer.attached", actor=actor, now=now, before=before)


def split(
    session: Session, answer: Answer, *, after: int, version: str, actor: str, now: datetime
) -> Answer:
    """Cut an answer after its paragraph number `after`; return the answer made of the rest.

    The first part keeps its address and the whole former text as a revision; the second keeps
    the author, the day and the places, and a link to the first. Nothing is lost nor reworded.
    """
    _hold(session, answer, version)
    parts = paragraphs(answer.body)
    if not 1 <= after < len(parts):
        raise RuleBroken("split-place")
    first, rest = "".join(parts[:after]).rstrip(), "".join(parts[after:])
    copied = {name: getattr(answer, name) for name in COPIED}
    other = Answer(
        **copied,
        body=rest,
        value=_value(answer.value, rest),
        search=searching.normalise(f"{answer.title} {rest}"),
        carried_from_id=answer.id,
        updated_at=now,
    )
    session.add(other)
    session.flush()
    for question_id in further_of(session, answer):
        session.add(AnswerQuestion(statement_id=other.id, question_id=question_id))
    _keep(session, answer)
    answer.body, answer.value = first, _value(answer.value, first)
    answer.search = searching.normalise(f"{answer.title} {first}")
    answer.version += 1
    answer.updated_at = now
    session.flush()
    _record(session, answer, "answer.split", actor=actor, now=now, into=other.id)
    return other


def _hold(session: Session, answer: Answer, version: str) -> None:
    """Wait for whoever is changing this consultation, then refuse a form of before that."""
    consultations.claim(session, answer.consultation_id)
    session.refresh(answer, with_for_update=True)
    if answer.state == "withdrawn":
        raise RuleBroken("answer-withdrawn", 409)
    if stamp_of(session, answer) != version:
        raise RuleBroken("stale", 409)
    own = session.get(Question, answer.question_id) if answer.question_id else None
    if own is not None and own.kind not in TEXT_KINDS:
        raise RuleBroken("place-kind")


def _questions(session: Session, answer: Answer, ids: Sequence[str]) -> list[Question]:
    if not all(one.isalnum() for one in ids):
        raise RuleBroken("place-unknown")
    found = {
        question.id: question
        for question in session.scalars(
            select(Question).where(
                Question.id.in_(ids), Question.consultation_id == answer.consultation_id
            )
        )
    }
    if len(found) < len(ids):
        raise RuleBroken("place-unknown")
    if any(question.kind not in TEXT_KINDS for question in found.values()):
        raise RuleBroken("place-kind")
    return [found[one] for one in ids]


def _theme(session: Session, answer: Answer, theme_id: str | None) -> str:
    if not theme_id:
        raise RuleBroken("place-missing")
    theme = session.get(Theme, theme_id) if theme_id.isalnum() else None
    if theme is None or theme.consultation_id != answer.consultation_id:
        raise RuleBroken("place-unknown")
    return theme.id


def _keep(session: Session, statement: Statement) -> None:
    session.add(
        Revision(
            statement_id=statement.id,
            version=statement.version,
            title=statement.title,
            body=statement.body,
            value=statement.value,
            reason="split",
            created_at=statement.updated_at,
        )
    )


def _value(value: Any, text: str) -> Any:
    """Return the stored value with its text replaced, in the shape it had."""
    if isinstance(value, dict):
        return {**value, "text": text} if "text" in value else value
    return text if isinstance(value, str) else value


def _record(
    session: Session, answer: Answer, act: str, *, actor: str, now: datetime, **facts: Any
) -> None:
    journal.record(
        session,
        act,
        f"statement:{answer.id}",
        actor=actor,
        now=now,
        consultation_id=answer.consultation_id,
        **facts,
    )
