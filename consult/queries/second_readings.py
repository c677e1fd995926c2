"""Second readings: what waits for one, for whom; and the decisions that an author may contest."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, literal, or_, select, true
from sqlalchemy.orm import aliased

from ..models import Consultation, Decision, Question, Room, SecondReading, Statement
from . import moderation, paging, rooms

Rows = Select[*tuple[Any, ...]]
IS_OPEN = SecondReading.decided_at.is_(None)
DUE: tuple[ColumnElement[Any], ...] = (SecondReading.due_at, SecondReading.decision_id)  # type: ignore[assignment]


def is_theirs(by: moderation.Moderator) -> ColumnElement[bool]:
    """Tell which second readings someone may decide; join `SecondReading`, `Decision`, `Statement`.

    Those of the rooms they facilitate, or of those below; without a room, those of the
    consultations they organise. Never one of a decision of their own.
    """
    someone_else = Decision.account_id.is_distinct_from(by.account_id)
    if by.sees_all:
        return someone_else
    held: ColumnElement[bool] = false()
    if by.facilitates:
        held = or_(held, SecondReading.room_id.in_(rooms.held_by(by.account_id)))
    organised = moderation.is_organised(by)
    return and_(someone_else, or_(held, and_(SecondReading.room_id.is_(None), organised)))


def queue(by: moderation.Moderator, cursor: str | None = None) -> Rows:
    """Select one page, and one row more, of what someone may read again, the first due first."""
    query = _whole().where(IS_OPEN, is_theirs(by))
    return paging.after(query, DUE, descending=False, cursor_text=cursor)


def counted(by: moderation.Moderator) -> Rows:
    """Select how many wait for someone, in the shape of what stands around the queue."""
    found = (
        select(SecondReading.decision_id)
        .join(Decision, Decision.id == SecondReading.decision_id)
        .join(Statement, Statement.id == SecondReading.statement_id)
        .where(IS_OPEN, is_theirs(by))
        .limit(moderation.COUNTED)
        .subquery()
    )
    return select(literal("second"), literal(""), literal(""), func.count()).select_from(found)


def one(decision_id: str, by: moderation.Moderator) -> Rows:
    """Select a second reading that someone may know of, and whether it is theirs to decide."""
    seen = true() if by.sees_all else or_(moderation.in_reach(by), is_theirs(by))
    return (
        select(SecondReading, Decision, Statement, is_theirs(by).label("theirs"))
        .join(Decision, Decision.id == SecondReading.decision_id)
        .join(Statement, Statement.id == SecondReading.statement_id)
        .where(SecondReading.decision_id == decision_id, seen)
    )


def _whole() -> Rows:
    return (
        select(
            SecondReading.decision_id,
            SecondReading.words,
            SecondReading.asked_at,
            SecondReading.due_at,
            Decision.to_state,
            Decision.reason,
            Decision.note,
            Decision.role,
            Decision.decided_at,
            Decision.version.label("decided_version"),
            Room.name.label("room_name"),
            Statement.id,
            Statement.kind,
            Statement.title,
            Statement.body,
            Statement.explanation,
            Statement.link,
            Statement.side,
            Statement.created_at,
            Question.wording,
            Consultation.slug,
            Consultation.title.label("consultation_title"),
            Consultation.time_zone,
        )
        .join(Decision, Decision.id == SecondReading.decision_id)
        .join(Statement, Statement.id == SecondReading.statement_id)
        .join(Consultation, Consultation.id == Statement.consultation_id)
        .outerjoin(Question, Question.id == Statement.question_id)
        .outerjoin(Room, Room.id == Decision.room_id)
    )


def contested(statement_ids: Sequence[str]) -> Rows:
    """Select the decision in force about each of some texts, with its second reading if any."""
    other = aliased(Decision)
    last = (
        select(other.id)
        .where(other.statement_id == Statement.id, other.undone_at.is_(None))
        .order_by(other.decided_at.desc(), other.id.desc())
        .limit(1)
        .correlate(Statement)
        .scalar_subquery()
    )
    return (
        select(
            Decision.id,
            Decision.statement_id,
            Decision.to_state,
            Decision.reason,
            Decision.note,
            Decision.role,
            Decision.decided_at,
            Room.name.label("room_name"),
            SecondReading.asked_at,
            SecondReading.due_at,
            SecondReading.outcome,
            SecondReading.reason.label("second_reason"),
            SecondReading.decided_at.label("second_decided_at"),
        )
        .select_from(Statement)
        .join(Decision, and_(Decision.id == last, Decision.to_state == Statement.state))
        .outerjoin(Room, Room.id == Decision.room_id)
        .outerjoin(SecondReading, SecondReading.decision_id == Decision.id)
        .where(Statement.id.in_(statement_ids), Statement.state.in_(("hidden", "to_correct")))
    )


def in_force(statement_id: str) -> Select[Decision]:
    """Select the last decision about a text that was not undone."""
    return (
        select(Decision)
        .where(Decision.statement_id == statement_id, Decision.undone_at.is_(None))
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
        .limit(1)
    )
