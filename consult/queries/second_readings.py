"""Second readings: what waits for one, for whom; and the decisions that an author may contest."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, literal, or_, select, true
from sqlalchemy.orm import aliased

from ..models import (
    Consultation,
    Decision,
    OpenCall,
    Project,
    Question,
    Room,
    SecondReading,
    Statement,
)
from . import moderation, paging, rooms
from .moderated import projects, statements

Rows = Select[*tuple[Any, ...]]
PLACE_PATH = func.coalesce(
    literal("/consultations/") + Consultation.slug, literal("/open-calls/") + OpenCall.slug
).label("place_path")
IS_OPEN = SecondReading.decided_at.is_(None)
DUE: tuple[ColumnElement[Any], ...] = (SecondReading.due_at, SecondReading.decision_id)  # type: ignore[assignment]


def is_theirs(by: moderation.Moderator) -> ColumnElement[bool]:
    """Tell which second readings someone may decide; to be read from `_all`.

    Those of the rooms they facilitate, or of those below; without a room, those of the
    consultations they organise and of the calls they run. Never one of a decision of their own,
    nor about a project of a call where they have a part.
    """
    may = and_(
        Decision.account_id.is_distinct_from(by.account_id),
        or_(SecondReading.project_id.is_(None), ~projects.has_part(by.account_id)),
    )
    if by.sees_all:
        return may
    held: ColumnElement[bool] = false()
    if by.facilitates:
        held = or_(held, SecondReading.room_id.in_(rooms.held_by(by.account_id)))
    runs = or_(*(family.runs_place(by) for family in moderation.FAMILIES))
    return and_(may, or_(held, and_(SecondReading.room_id.is_(None), runs)))


def _all(*columns: Any) -> Rows:
    """Select from the second readings, each with its decision and the text it is about."""
    return (
        select(*columns)
        .select_from(SecondReading)
        .join(Decision, Decision.id == SecondReading.decision_id)
        .outerjoin(Statement, Statement.id == SecondReading.statement_id)
        .outerjoin(Project, Project.id == SecondReading.project_id)
    )


def queue(by: moderation.Moderator, cursor: str | None = None) -> Rows:
    """Select one page, and one row more, of what someone may read again, the first due first."""
    query = _whole().where(IS_OPEN, is_theirs(by))
    return paging.after(query, DUE, descending=False, cursor_text=cursor)


def counted(by: moderation.Moderator) -> Rows:
    """Select how many wait for someone, in the shape of what stands around the queue."""
    waiting = _all(SecondReading.decision_id).where(IS_OPEN, is_theirs(by))
    found = waiting.limit(moderation.COUNTED).subquery()
    return select(literal("second"), literal(""), literal(""), func.count()).select_from(found)


def one(decision_id: str, by: moderation.Moderator) -> Rows:
    """Select a second reading that someone may know of, and whether it is theirs to decide."""
    reach = (family.in_reach(by) for family in moderation.FAMILIES)
    seen = true() if by.sees_all else or_(*reach, is_theirs(by))
    found = _all(SecondReading, Decision, Statement, Project, is_theirs(by).label("theirs"))
    return found.where(SecondReading.decision_id == decision_id, seen)


def _whole() -> Rows:
    said = _all(
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
        func.coalesce(Statement.id, Project.id).label("id"),
        func.coalesce(Statement.kind, "project").label("kind"),
        func.coalesce(Statement.title, Project.title).label("title"),
        func.coalesce(Statement.body, Project.what).label("body"),
        Statement.explanation,
        Statement.link,
        Statement.side,
        Project.for_whom,
        Project.help_wanted,
        Project.help_offered,
        Question.wording,
        PLACE_PATH,
        func.coalesce(Consultation.title, OpenCall.title).label("place_title"),
        func.coalesce(Consultation.time_zone, OpenCall.time_zone).label("time_zone"),
    )
    return (
        said.outerjoin(Consultation, Consultation.id == Statement.consultation_id)
        .outerjoin(OpenCall, OpenCall.id == Project.call_id)
        .outerjoin(Question, Question.id == Statement.question_id)
        .outerjoin(Room, Room.id == Decision.room_id)
    )


def contested(ids: Sequence[str], family: Any = statements) -> Rows:
    """Select the decision in force about each of some texts, with its second reading if any."""
    other, item, state = aliased(Decision), family.ITEM, family.state()
    last = (
        select(other.id)
        .where(getattr(other, family.KEY) == item.id, other.undone_at.is_(None))
        .order_by(other.decided_at.desc(), other.id.desc())
        .limit(1)
        .correlate(item)
        .scalar_subquery()
    )
    return (
        select(
            Decision.id,
            item.id.label("item_id"),
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
        .select_from(item)
        .join(Decision, and_(Decision.id == last, Decision.to_state == state))
        .outerjoin(Room, Room.id == Decision.room_id)
        .outerjoin(SecondReading, SecondReading.decision_id == Decision.id)
        .where(item.id.in_(ids), state.in_(("hidden", "to_correct")))
    )
