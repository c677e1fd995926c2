"""The life of a consultation: its dates, its publication, its early close."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from ..domain import clean, local_times, phases, readiness
from ..domain.errors import RuleBroken
from ..models import (
    AccessCode,
    Consultation,
    ListedPerson,
    Proposal,
    Question,
    Setting,
    Statement,
    Theme,
)
from . import consultations, editions, synthesis_publication, territories

REASON_LIMIT = 2_000


@dataclass(frozen=True)
class Schedule:
    """The dates of a consultation, instants in UTC, and the zone they are told in."""

    time_zone: str
    opens_at: datetime | None
    closes_at: datetime | None
    synthesis_at: datetime | None = None
    outcome_at: datetime | None = None
    territory_code: str | None = None


def schedule_of(consultation: Consultation) -> dict[str, Any]:
    """Return the stored dates, as the form of the dates is filled from them."""
    return {
        "time_zone": consultation.time_zone,
        "opens_at": consultation.opens_at,
        "closes_at": consultation.closes_at,
        "synthesis_at": consultation.synthesis_at,
        "outcome_at": consultation.outcome_at,
        "territory_code": consultation.territory_code,
    }


def schedule(
    session: Session,
    consultation: Consultation,
    *,
    dates: Schedule,
    version: str,
    actor: str,
    now: datetime,
) -> None:
    """Set the dates; what has already happened cannot be moved.

    Raises dates-order when they do not follow each other, synthesis-promise-missing for outcomes
    with neither a published summary nor a day by which one is promised, opening-past (409) to
    move an opening that has taken place, closing-past for a close set before now, and
    consultation-closed (409) to move a close that has taken place: a closed consultation is not
    opened again. A local edition is open only while the consultation it comes from is
    (edition-dates).
    """
    consultations.claim(session, consultation.id)
    session.refresh(consultation)
    consultations.check_stamp(schedule_of(consultation), version)
    local_times.zone(dates.time_zone)
    territories.known(session, dates.territory_code or None, groupings=True)
    _check_order(dates)
    _check_promise(session, consultation, dates)
    _check_past(consultation, dates, now)
    opens_at, closes_at = dates.opens_at, dates.closes_at
    editions.check_dates(session, consultation, opens_at=opens_at, closes_at=closes_at)
    for name, value in vars(dates).items():
        setattr(consultation, name, value)
    consultations.record(session, consultation, "consultation.scheduled", actor=actor, now=now)
    session.flush()


def points(session: Session, consultation: Consultation, now: datetime) -> list[readiness.Point]:
    """Return the readiness list of a consultation."""
    return readiness.points(_state(session, consultation), now)


def publish(session: Session, consultation: Consultation, *, actor: str, now: datetime) -> None:
    """Show a consultation to everyone; it opens on its date.

    Raises not-ready (409) with how many points are missing, already-published (409), and
    edition-late (409) for a local edition whose consultation was closed early.
    """
    consultations.claim(session, consultation.id)
    session.refresh(consultation)
    if consultation.published_at is not None:
        raise RuleBroken("already-published", 409)
    if consultation.closed_early_at is not None:
        raise RuleBroken("edition-late", 409)
    missing = readiness.missing(_state(session, consultation), now)
    if missing or not consultation.complete:
        raise RuleBroken("not-ready", 409, missing=len(missing))
    consultation.published_at = now
    consultations.record(session, consultation, "consultation.published", actor=actor, now=now)
    session.flush()


def close_early(
    session: Session, consultation: Consultation, *, reason: object, actor: str, now: datetime
) -> None:
    """Close an open consultation before its date, and say why; it is not opened again.

    Its local editions close with it, those that were still to open too.
    """
    said = clean.text(reason, REASON_LIMIT, required="close-reason-missing")
    phases.check("close_early", phases.of(consultation, now))
    done: Any = session.execute(
        update(Consultation)
        .where(
            Consultation.id == consultation.id,
            Consultation.closed_early_at.is_(None),
            or_(Consultation.closes_at.is_(None), Consultation.closes_at > now),
        )
        .values(closed_early_at=now, closed_early_reason=said, version=Consultation.version + 1)
    )
    if done.rowcount != 1:
        raise RuleBroken("consultation-closed", 409)
    session.refresh(consultation)
    consultations.record(session, consultation, "consultation.closed-early", actor=actor, now=now)
    editions.close_with(session, consultation, actor=actor, now=now)


def _check_order(dates: Schedule) -> None:
    steps = (dates.opens_at, dates.closes_at, dates.synthesis_at, dates.outcome_at)
    given = [step for step in steps if step is not None]
    strict = dates.opens_at is not None and dates.opens_at == dates.closes_at
    if given != sorted(given) or strict:
        raise RuleBroken("dates-order")
    if dates.closes_at is None and (dates.synthesis_at or dates.outcome_at):
        raise RuleBroken("dates-order")


def _check_promise(session: Session, consultation: Consultation, dates: Schedule) -> None:
    """Refuse outcomes without a summary, or a day by which it will be there."""
    if dates.outcome_at is None or dates.synthesis_at is not None:
        return
    if not synthesis_publication.is_published(session, consultation.id):
        raise RuleBroken("synthesis-promise-missing")


def _check_past(consultation: Consultation, dates: Schedule, now: datetime) -> None:
    phase = phases.of(consultation, now)
    if phase == phases.PREPARATION:
        return
    if dates.opens_at != consultation.opens_at:
        raise RuleBroken("opening-past", 409)
    if phase != phases.OPEN and dates.closes_at != consultation.closes_at:
        raise RuleBroken("consultation-closed", 409)
    if phase == phases.OPEN and (dates.closes_at is None or dates.closes_at <= now):
        raise RuleBroken("closing-past")


def _state(session: Session, consultation: Consultation) -> readiness.State:
    listed = None
    if consultation.access == "listed":
        listed = session.scalar(
            select(func.count()).where(ListedPerson.consultation_id == consultation.id)
        )
        listed = listed or session.scalar(
            select(func.count()).where(
                AccessCode.consultation_id == consultation.id, AccessCode.revoked_at.is_(None)
            )
        )
    phone = select(Setting.value).where(Setting.key == "help_phone")
    return readiness.State(
        title=consultation.title,
        asked_by=consultation.asked_by,
        purpose=consultation.purpose,
        will_decide=consultation.will_decide,
        opens_at=consultation.opens_at,
        closes_at=consultation.closes_at,
        theme_contents=tuple(_contents(session, consultation)),
        listed=listed,
        contact=bool(consultation.contact_phone or session.scalar(phone)),
        synthesis_at=consultation.synthesis_at,
    )


def _contents(session: Session, consultation: Consultation) -> Sequence[int]:
    """Count what each shown theme lets people do: questions, articles, ideas of their own."""
    asked = (
        select(func.count()).where(Question.theme_id == Theme.id).correlate(Theme).scalar_subquery()
    )
    put = (
        select(func.count())
        .select_from(Proposal)
        .where(Statement.theme_id == Theme.id, Statement.kind == "proposal")
        .correlate(Theme)
        .scalar_subquery()
    )
    counts = session.scalars(
        select(asked + put).where(Theme.consultation_id == consultation.id, Theme.hidden.is_(False))
    )
    return [count + int(consultation.allows_ideas) for count in counts]
