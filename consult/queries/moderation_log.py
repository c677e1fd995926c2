"""The public log of moderation: what was decided, why, how fast; never the words, never who."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    CompoundSelect,
    Float,
    Select,
    String,
    and_,
    case,
    cast,
    extract,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.functions import FunctionElement

from ..domain import moderation
from ..models import (
    Consultation,
    Decision,
    OpenCall,
    Project,
    Report,
    Room,
    SecondReading,
    Statement,
)
from . import consultations, paging

Rows = Select[*tuple[Any, ...]]
Attribute = InstrumentedAttribute[Any]
PERIOD = timedelta(days=366)
MOST_LINES = 10_000
NEWEST: tuple[ColumnElement[Any], ...] = (Decision.decided_at, Decision.id)  # type: ignore[assignment]
IS_KEPT = literal_column(
    "decision.from_state = 'published' and decision.to_state = 'published'", Boolean
)
# Written out, so that PostgreSQL sees the same expression where it is shown and grouped.
RESULT = case((IS_KEPT, literal_column("'kept'")), else_=Decision.to_state)
WAITING: ColumnElement[str] = literal_column("'waiting'")
ANSWERED: ColumnElement[str] = literal_column("'answered'")
AUTHOR, REPORTER, CONTESTED = "reading", "report", "second"


class SecondsBetween(FunctionElement[float]):
    """The seconds from one instant to another, on every database."""

    type = Float()
    name = "seconds_between"
    inherit_cache = True


@compiles(SecondsBetween)
def _seconds(element: Any, compiler: Any, **options: Any) -> str:
    start, end = (compiler.process(one, **options) for one in element.clauses)
    return f"extract(epoch from ({end} - {start}))"


@compiles(SecondsBetween, "sqlite")
def _seconds_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    start, end = (compiler.process(one, **options) for one in element.clauses)
    return f"((julianday({end}) - julianday({start})) * 86400.0)"


@dataclass(frozen=True)
class Scope:
    """What a log tells of: a consultation, a call, or all that everyone may know of; until when.

    A decision is told once it can no longer be undone.
    """

    now: datetime
    consultation_id: str | None = None
    call_id: str | None = None

    @property
    def since(self) -> datetime:
        """The first instant that is told."""
        return self.now - PERIOD

    def holds(self, consultation_id: Attribute, call_id: Attribute) -> ColumnElement[bool]:
        """Tell whether a row of this consultation, or of this call, is told."""
        if self.consultation_id is not None:
            return consultation_id == self.consultation_id
        if self.call_id is not None:
            return call_id == self.call_id
        public = select(Consultation.id).where(consultations.is_public(self.now))
        calls = select(OpenCall.id).where(OpenCall.published_at.is_not(None))
        return or_(consultation_id.in_(public), call_id.in_(calls))

    @property
    def settled(self) -> ColumnElement[bool]:
        """Tell which decisions can no longer be undone."""
        return Decision.decided_at < self.now - moderation.UNDO_WITHIN

    def between(self, column: Any) -> ColumnElement[bool]:
        """Tell whether an instant is in the period."""
        return and_(column > self.since, column < self.now)


def _decisions(scope: Scope, *columns: Any) -> Rows:
    return (
        select(*columns)
        .select_from(Decision)
        .outerjoin(Statement, Statement.id == Decision.statement_id)
        .outerjoin(Project, Project.id == Decision.project_id)
        .where(
            Decision.undone_at.is_(None),
            Decision.decided_at > scope.since,
            scope.settled,
            scope.holds(Statement.consultation_id, Project.call_id),
        )
    )


def _reports(scope: Scope, *columns: Any) -> Rows:
    return (
        select(*columns)
        .select_from(Report)
        .outerjoin(Project, Project.id == Report.project_id)
        .where(
            scope.holds(Report.consultation_id, Project.call_id), scope.between(Report.created_at)
        )
    )


def _second(scope: Scope, *columns: Any) -> Rows:
    return (
        select(*columns)
        .select_from(SecondReading)
        .join(Decision, Decision.id == SecondReading.decision_id)
        .outerjoin(Statement, Statement.id == SecondReading.statement_id)
        .outerjoin(Project, Project.id == SecondReading.project_id)
        .where(
            scope.holds(Statement.consultation_id, Project.call_id),
            scope.between(SecondReading.asked_at),
            scope.settled,
        )
    )


def lines(scope: Scope, cursor: str | None = None, limit: int = paging.SIZE) -> Rows:
    """Select a page of the decisions that hid, sent back or kept a text, the latest first."""
    query = (
        _decisions(
            scope,
            Decision.id,
            Decision.decided_at,
            Decision.reason,
            Decision.role,
            RESULT.label("result"),
            func.coalesce(Statement.kind, "project").label("kind"),
            Room.name.label("room_name"),
            Consultation.slug.label("consultation"),
            OpenCall.slug.label("call"),
            func.coalesce(Consultation.title, OpenCall.title).label("title"),
            func.coalesce(Consultation.time_zone, OpenCall.time_zone).label("time_zone"),
            func.coalesce(
                SecondReading.outcome, case((SecondReading.asked_at.is_not(None), WAITING))
            ).label("second"),
        )
        .outerjoin(Consultation, Consultation.id == Statement.consultation_id)
        .outerjoin(OpenCall, OpenCall.id == Project.call_id)
        .outerjoin(Room, and_(Room.id == Decision.room_id, Room.is_private.is_(False)))
        .outerjoin(SecondReading, SecondReading.decision_id == Decision.id)
        .where(or_(Decision.to_state != "published", IS_KEPT))
    )
    return paging.after(query, NEWEST, descending=True, cursor_text=cursor, limit=limit)


def counts(scope: Scope) -> CompoundSelect[*tuple[Any, ...]]:
    """Select every count of a log: rows of (what, year, month, key, number).

    Decisions by month and result, and by reason; reports received and answered; second readings
    by what they ended in.
    """
    year, month = (extract(part, Decision.decided_at) for part in ("year", "month"))
    by_month = _decisions(scope, *_named("month", year, month, RESULT)).group_by(
        year, month, RESULT
    )
    by_reason = _decisions(scope, *_named("reason", 0, 0, Decision.reason)).group_by(
        Decision.reason
    )
    answered = case((Report.answered_at.is_(None), WAITING), else_=ANSWERED)
    reports = _reports(scope, *_named("report", 0, 0, answered)).group_by(answered)
    ended = func.coalesce(SecondReading.outcome, WAITING)
    second = _second(scope, *_named("second", 0, 0, ended)).group_by(ended)
    return union_all(by_month, by_reason, reports, second)


def _named(what: str, year: Any, month: Any, key: Any) -> tuple[ColumnElement[Any], ...]:
    return (
        literal(what).label("what"),
        (literal(year) if isinstance(year, int) else year).label("year"),
        (literal(month) if isinstance(month, int) else month).label("month"),
        cast(key, String).label("key"),
        func.count().label("number"),
    )


def delays(scope: Scope) -> CompoundSelect[*tuple[Any, ...]]:
    """Select the median delays in seconds: of a first reading, of an answer, of a second reading.

    A first reading is that of a text as it was sent; a corrected one waits from another day.
    """
    read = _decisions(
        scope, SecondsBetween(Statement.created_at, Decision.decided_at).label("seconds")
    ).where(
        Decision.statement_id.is_not(None),
        Decision.from_state == "pending",
        Decision.version == 1,
    )
    answered = _reports(
        scope, SecondsBetween(Report.created_at, Report.answered_at).label("seconds")
    ).where(Report.answered_at.is_not(None))
    second = _second(
        scope, SecondsBetween(SecondReading.asked_at, SecondReading.decided_at).label("seconds")
    ).where(SecondReading.outcome.in_(("confirmed", "overturned")))
    parts = ((AUTHOR, read), (REPORTER, answered), (CONTESTED, second))
    return union_all(*(_median(name, query) for name, query in parts))


def _median(name: str, query: Rows) -> Rows:
    """Select the middle of some delays, or the mean of the two in the middle."""
    found = query.subquery()
    place = func.row_number().over(order_by=found.c.seconds).label("place")
    ranked = select(found.c.seconds, place, func.count().over().label("number")).subquery()
    middle = and_(ranked.c.place * 2 >= ranked.c.number, ranked.c.place * 2 <= ranked.c.number + 2)
    return select(literal(name).label("what"), func.avg(ranked.c.seconds).label("seconds")).where(
        middle
    )
