"""The themes of a consultation: added, reworded, put in order, taken away."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..domain import clean, numerals
from ..domain.errors import RuleBroken
from ..models import Consultation, Question, Statement, Theme
from . import common_questions, consultations, journal

FIELDS: dict[str, Callable[..., Any]] = {
    "label": partial(clean.line, limit=20, required="theme-number-missing"),
    "title": partial(clean.line, limit=200, required="title-missing"),
    "introduction": clean.text,
    "hidden": bool,
}
MOST = 100


def values_of(theme: Theme) -> dict[str, Any]:
    """Return what the form of a theme shows."""
    return {name: getattr(theme, name) for name in FIELDS}


def next_label(session: Session, consultation: Consultation) -> str:
    """Return the number that follows the last theme's, in Roman numerals."""
    last = session.scalar(
        select(func.max(Theme.number)).where(Theme.consultation_id == consultation.id)
    )
    return numerals.to_roman((last or 0) + 1)


def add(
    session: Session,
    consultation: Consultation,
    *,
    values: Mapping[str, Any],
    actor: str,
    now: datetime,
) -> Theme:
    """Add a theme at the end; its number is the organiser's, and no other theme has it."""
    given = _read(values)
    consultations.claim(session, consultation.id)
    count, last = session.execute(
        select(func.count(), func.max(Theme.position)).where(
            Theme.consultation_id == consultation.id
        )
    ).one()
    if count >= MOST:
        raise RuleBroken("themes-too-many", max=MOST)
    theme = Theme(consultation_id=consultation.id, position=(last or 0) + 1, **given)
    session.add(theme)
    _flush(session)
    _record(session, theme, "theme.added", actor=actor, now=now)
    return theme


def revise(
    session: Session,
    theme: Theme,
    *,
    values: Mapping[str, Any],
    version: str,
    actor: str,
    now: datetime,
) -> None:
    """Change the words of a theme; its number is part of addresses and stays once it is open."""
    given = _read(values)
    consultations.claim(session, theme.consultation_id)
    session.refresh(theme)
    consultations.check_stamp(values_of(theme), version)
    if given["hidden"] and not theme.hidden:
        common_questions.check_theme(session, theme)
    if given["number"] != theme.number:
        consultations.check_numbers(session, theme.consultation_id, now)
    for name, value in given.items():
        setattr(theme, name, value)
    _flush(session)
    _record(session, theme, "theme.revised", actor=actor, now=now)


def move(session: Session, theme: Theme, *, up: bool, actor: str, now: datetime) -> None:
    """Put a theme one place up or down; at either end nothing changes."""
    consultations.claim(session, theme.consultation_id)
    order = list(
        session.scalars(
            select(Theme)
            .where(Theme.consultation_id == theme.consultation_id)
            .order_by(Theme.position, Theme.number)
            .execution_options(populate_existing=True)
        )
    )
    here = order.index(theme)
    there = max(0, here - 1) if up else min(len(order) - 1, here + 1)
    order.insert(there, order.pop(here))
    for place, one in enumerate(order, start=1):
        one.position = place
    session.flush()
    _record(session, theme, "theme.moved", actor=actor, now=now)


def remove(session: Session, theme: Theme, *, actor: str, now: datetime) -> None:
    """Take a theme away with its questions; theme-answered (409) once anyone wrote there."""
    consultations.claim(session, theme.consultation_id)
    # Whoever is writing there holds these rows: their text is seen, or comes too late.
    session.scalars(select(Theme.id).where(Theme.id == theme.id).with_for_update()).all()
    session.scalars(
        select(Question.id).where(Question.theme_id == theme.id).with_for_update()
    ).all()
    written = session.scalar(
        select(Statement.id)
        .where(
            (Statement.theme_id == theme.id)
            | Statement.question_id.in_(select(Question.id).where(Question.theme_id == theme.id))
        )
        .limit(1)
    )
    if written is not None:
        raise RuleBroken("theme-answered", 409)
    common_questions.check_theme(session, theme)
    _record(session, theme, "theme.removed", actor=actor, now=now)
    session.execute(delete(Theme).where(Theme.id == theme.id))


def _read(values: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: read(values.get(name)) for name, read in FIELDS.items()}
    return {**given, "number": numerals.theme_number(given["label"])}


def _flush(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        raise RuleBroken("theme-number-taken") from error


def _record(session: Session, theme: Theme, act: str, *, actor: str, now: datetime) -> None:
    journal.record(
        session,
        act,
        f"theme:{theme.id}",
        actor=actor,
        now=now,
        consultation_id=theme.consultation_id,
    )
