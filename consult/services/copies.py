"""A consultation made from another: its structure for another territory, its texts for a sequel."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from ..domain.errors import RuleBroken
from ..models import (
    Consultation,
    Question,
    Stage,
    Statement,
    Tag,
    Theme,
    new_id,
)
from . import consultations, inserting, journal, organisers, territories

SETTINGS = (
    "asked_by", "purpose", "will_decide", "will_not_decide", "moderation", "results",
    *(f"allows_{feature}" for feature in consultations.FEATURES),
)  # fmt: skip
QUESTION = (
    "number", "kind", "wording", "easy_wording", "context", "why", "help", "example", "options",
    "search",
)  # fmt: skip
THEME = ("number", "label", "position", "title", "introduction", "hidden")
CARRIED = (
    "kind", "title", "body", "explanation", "value", "link", "search", "signed_as", "signature",
    "function", "organisation_id", "actor_kind", "territory_code", "channel", "place",
    "participant_id", "position", "created_at",
)  # fmt: skip
Place = Question | Theme


def copy(
    session: Session,
    source: Consultation,
    *,
    owner_id: str,
    title: str,
    territory_code: str | None,
    now: datetime,
) -> Consultation:
    """Open a draft with the themes, questions, stages and settings of another consultation.

    Neither its dates, its people nor its answers come along, nor the themes still hidden of a
    consultation that they do not organise.
    """
    territory = territories.known(session, territory_code or None, groupings=True)
    values: dict[str, Any] = {name: getattr(source, name) for name in SETTINGS}
    values |= {"title": title, "starter": (), "territory_code": territory_code}
    values["time_zone"] = territory.time_zone if territory else source.time_zone
    made = consultations.create(
        session, owner_id=owner_id, template=source.template, values=values, now=now
    )
    _copy_lists(session, source, made)
    _copy_themes(session, source, made, all_themes=organisers.organises(session, source, owner_id))
    session.flush()
    journal.record(
        session,
        "consultation.copied",
        f"consultation:{made.id}",
        actor=f"account:{owner_id}",
        now=now,
        consultation_id=made.id,
        source=source.id,
    )
    return made


def carry_over(
    session: Session,
    target: Place,
    *,
    source: Place,
    actor: str,
    now: datetime,
) -> int:
    """Bring the published answers of a question, or proposals of a theme, into a like place.

    The place is in the consultation that follows. Each new text keeps a link to its origin; doing
    it twice brings nothing twice; opinions stay where they were given. Raises carry-elsewhere
    unless the source belongs to the consultation followed, and carry-kind when the two are not of
    one kind, questions with the same options.
    """
    consultation = session.get_one(Consultation, target.consultation_id)
    if source.consultation_id != consultation.follows_id:
        raise RuleBroken("carry-elsewhere")
    if _nature(source) != _nature(target):
        raise RuleBroken("carry-kind")
    rows = session.scalars(select(Statement).where(*_held(source), Statement.state == "published"))
    count = sum(_carry(session, target, row, now) for row in rows)
    name = "question" if isinstance(target, Question) else "theme"
    journal.record(
        session,
        f"{name}.carried-over",
        f"{name}:{target.id}",
        actor=actor,
        now=now,
        consultation_id=target.consultation_id,
        source=source.id,
        count=count,
    )
    return count


def _nature(place: Place) -> tuple[object, ...]:
    """Return what two places must share for the texts of one to make sense in the other."""
    return (place.kind, place.options) if isinstance(place, Question) else (Theme,)


def _held(place: Place) -> tuple[ColumnElement[bool], ...]:
    if isinstance(place, Question):
        return Statement.kind == "answer", Statement.question_id == place.id
    return Statement.kind == "proposal", Statement.theme_id == place.id


def _carry(session: Session, target: Place, old: Statement, now: datetime) -> bool:
    values = {name: getattr(old, name) for name in CARRIED}
    places = {
        "id": new_id(),
        "consultation_id": target.consultation_id,
        "theme_id": target.theme_id if isinstance(target, Question) else target.id,
        "question_id": target.id if isinstance(target, Question) else None,
        "origin": f"carried:{old.id}",
        "carried_from_id": old.id,
        "state": "published",
        "published_at": now,
        "updated_at": now,
    }
    return inserting.once(session, Statement, {**values, **places})


def _copy_lists(session: Session, source: Consultation, made: Consultation) -> None:
    for tag in session.scalars(select(Tag.label).where(Tag.consultation_id == source.id)):
        session.add(Tag(consultation_id=made.id, label=tag))
    for stage in session.scalars(select(Stage).where(Stage.consultation_id == source.id)):
        values = {name: getattr(stage, name) for name in ("position", "label", "phase")}
        session.add(Stage(consultation_id=made.id, **values))


def _copy_themes(
    session: Session, source: Consultation, made: Consultation, *, all_themes: bool
) -> None:
    kept = select(Theme).where(Theme.consultation_id == source.id)
    if not all_themes:
        kept = kept.where(Theme.hidden.is_(False))
    themes = session.scalars(kept.order_by(Theme.position)).all()
    ids = {theme.id: new_id() for theme in themes}
    for theme in themes:
        values = {name: getattr(theme, name) for name in THEME}
        session.add(Theme(id=ids[theme.id], consultation_id=made.id, **values))
    session.flush()
    _copy_questions(session, ids, made.id)


def _copy_questions(session: Session, ids: dict[str, str], consultation_id: str) -> None:
    found: Iterable[Question] = session.scalars(
        select(Question).where(Question.theme_id.in_(list(ids)))
    )
    for question in found:
        values = {name: getattr(question, name) for name in QUESTION}
        session.add(
            Question(consultation_id=consultation_id, theme_id=ids[question.theme_id], **values)
        )
