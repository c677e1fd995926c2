"""The files of a whole consultation: which are asked for, made, no longer true."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from ..models import Aid, Consultation, Decision, Erasure, Statement
from .consultations import is_public

KIND = "archive"
UNDER_WAY = ("waiting", "running")


def last(consultation_id: str) -> Select[Aid]:
    """Select the last archive that was asked for."""
    return _of(consultation_id).order_by(Aid.created_at.desc(), Aid.id.desc()).limit(1)


def made(consultation_id: str) -> Select[Aid]:
    """Select the last archive that was made and still holds: nothing in it was taken away since."""
    query = _of(consultation_id).where(Aid.state == "done", ~is_outdated())
    return query.order_by(Aid.created_at.desc(), Aid.id.desc()).limit(1)


def under_way(consultation_id: str) -> Select[Aid]:
    """Select the archive that waits or is being made."""
    query = _of(consultation_id).where(Aid.state.in_(UNDER_WAY))
    return query.order_by(Aid.created_at, Aid.id).limit(1)


def next_to_make(stale: datetime) -> Select[Aid]:
    """Select the archive to make now: the first that waits, or one whose maker was killed."""
    is_left = and_(Aid.state == "running", Aid.beat_at < stale)
    return (
        select(Aid)
        .where(Aid.kind == KIND, or_(Aid.state == "waiting", is_left))
        .order_by(Aid.created_at, Aid.id)
        .limit(1)
    )


def to_renew(night: datetime, now: datetime) -> Select[Consultation]:
    """Select the public consultations without an archive of this night that holds.

    One that failed is tried again the next night.
    """
    holds = exists().where(
        Aid.consultation_id == Consultation.id,
        Aid.kind == KIND,
        or_(Aid.state.in_(UNDER_WAY), and_(Aid.created_at >= night, ~is_lost())),
    )
    query = select(Consultation).where(is_public(now), ~holds)
    return query.order_by(Consultation.published_at, Consultation.id)


def is_lost() -> ColumnElement[bool]:
    """Tell that an archive was made and holds no longer."""
    return and_(Aid.state == "done", is_outdated())


def is_outdated() -> ColumnElement[bool]:
    """Tell that a text was hidden, withdrawn or erased since an archive was asked for."""
    hidden = (
        exists()
        .where(
            Decision.statement_id == Statement.id,
            Statement.consultation_id == Aid.consultation_id,
            Decision.from_state == "published",
            Decision.to_state != "published",
            Decision.decided_at >= Aid.created_at,
        )
        .correlate(Aid)
    )
    withdrawn = (
        exists()
        .where(
            Statement.consultation_id == Aid.consultation_id,
            Statement.state == "withdrawn",
            Statement.updated_at >= Aid.created_at,
        )
        .correlate(Aid)
    )
    erased = exists().where(Erasure.erased_at >= Aid.created_at).correlate(Aid)
    return or_(hidden, withdrawn, erased)


def held(consultation_ids: Sequence[str]) -> Select[str]:
    """Select those of some consultations that have an archive which holds."""
    query = select(Aid.consultation_id).where(
        Aid.consultation_id.in_(consultation_ids),
        Aid.kind == KIND,
        Aid.state == "done",
        ~is_outdated(),
    )
    return query.distinct().order_by(Aid.consultation_id)


def kept() -> Select[str, str]:
    """Select the archives that were made, the last of each consultation first."""
    return (
        select(Aid.id, Aid.consultation_id)
        .where(Aid.kind == KIND, Aid.state == "done")
        .order_by(Aid.created_at.desc(), Aid.id.desc())
    )


def records(consultation_id: str) -> Select[int]:
    """Count the texts of a consultation: about how many records its archive will hold."""
    return (
        select(func.count())
        .select_from(Statement)
        .where(Statement.consultation_id == consultation_id, Statement.state == "published")
    )


def _of(consultation_id: str) -> Select[Aid]:
    return select(Aid).where(Aid.consultation_id == consultation_id, Aid.kind == KIND)
