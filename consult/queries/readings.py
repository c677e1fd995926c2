"""The reading of what was sent: what each text became, what comes next, who was heard."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from ..domain import readings
from ..models import (
    Account,
    AnswerQuestion,
    Extract,
    GroupedStatement,
    Organisation,
    Question,
    ReadingHold,
    Statement,
    StatementReading,
    Synthesis,
    SynthesisBlock,
    Territory,
    Theme,
    UngroupedStatement,
)
from . import paging, territories, written

Rows = Select[*tuple[Any, ...]]
EXCERPT = 240
MOST_MEMBERS = 50
ORDER: tuple[ColumnElement[Any], ...] = (Statement.created_at, Statement.id)  # type: ignore[assignment]
_leader = aliased(Statement)
# What the synthesis of a consultation quotes; another one that draws on it decides nothing here.
_used = (
    select(Extract.statement_id, Synthesis.consultation_id)
    .join(SynthesisBlock, SynthesisBlock.id == Extract.block_id)
    .join(Synthesis, Synthesis.id == SynthesisBlock.synthesis_id)
    .where(Extract.statement_id.is_not(None))
    .distinct()
    .subquery()
)


@dataclass(frozen=True)
class Filters:
    """What the reading is narrowed to: a theme, a question, a territory and what lies in it."""

    theme_id: str | None = None
    question_id: str | None = None
    territory: str | None = None


def is_counted(consultation_id: str) -> ColumnElement[bool]:
    """Tell which texts of a consultation are contributions to read: each is counted once."""
    return and_(
        Statement.consultation_id == consultation_id,
        Statement.state.in_(readings.COUNTED),
        written.is_text(consultation_id),
    )


def became() -> ColumnElement[str]:
    """Say what a text became, the one and only thing; join `joined` for it."""
    return case(
        (Statement.state.in_(readings.REFUSED), readings.HIDDEN),
        (Statement.state != "published", readings.UNREAD),
        (_used.c.statement_id.is_not(None), readings.USED),
        (_leader.id.is_not(None), readings.GROUPED),
        (StatementReading.state.is_not(None), StatementReading.state),
        else_=readings.UNREAD,
    )


def leader() -> ColumnElement[Any]:
    """Give the text that leads the group of a text; join `joined` for it."""
    return _leader.id  # type: ignore[return-value]


def joined() -> Any:
    """Join a text to all that says what it became, as it stands now."""
    used = and_(
        _used.c.statement_id == Statement.id,
        _used.c.consultation_id == Statement.consultation_id,
    )
    return _read_or_grouped().outerjoin(_used, used)


def _read_or_grouped() -> Any:
    """Join a text to how it was read, and to the leader of its group."""
    read = and_(
        StatementReading.statement_id == Statement.id,
        StatementReading.version == Statement.version,
    )
    same = and_(
        GroupedStatement.statement_id == Statement.id,
        GroupedStatement.version == Statement.version,
    )
    leads = and_(
        _leader.id == GroupedStatement.leader_id,
        _leader.state == "published",
        _leader.version == GroupedStatement.leader_version,
    )
    table: Any = Statement.__table__
    return (table.outerjoin(StatementReading, read).outerjoin(GroupedStatement, same)).outerjoin(
        _leader, leads
    )


def narrowed(filters: Filters) -> list[ColumnElement[bool]]:
    """Return the conditions of what the reading is narrowed to."""
    found = []
    if filters.theme_id is not None:
        found.append(_under(lambda text: text.theme_id == filters.theme_id))
    if filters.question_id is not None:
        found.append(_under(lambda text: _answers(text, str(filters.question_id))))
    if filters.territory is not None:
        found.append(Statement.territory_code.in_(territories.within(filters.territory)))
    return found


def _answers(text: Any, question_id: str) -> ColumnElement[bool]:
    further = select(AnswerQuestion.statement_id).where(
        AnswerQuestion.question_id == question_id, AnswerQuestion.statement_id == text.id
    )
    return or_(text.question_id == question_id, exists(further))


def _under(tells: Callable[[Any], ColumnElement[bool]]) -> ColumnElement[bool]:
    """Widen a condition on a text to what hangs on it, and to what hangs on that.

    What a text hangs on is looked up by its key, whatever the number of texts.
    """
    parent, child, above = aliased(Statement), aliased(Statement), aliased(Statement)
    first = select(parent.id).where(parent.id == Statement.parent_id, tells(parent))
    second = (
        select(above.id)
        .join(child, child.parent_id == above.id)
        .where(child.id == Statement.parent_id, tells(above))
    )
    return or_(tells(Statement), exists(first), exists(second))


def counts(consultation_id: str) -> Rows:
    """Select how many texts became each thing, and how many of them wait for moderation."""
    waiting = func.sum(case((Statement.state == "pending", 1), else_=0))
    what = became().label("became")
    return (
        select(what, func.count().label("number"), waiting.label("waiting"))
        .select_from(joined())
        .where(is_counted(consultation_id))
        .group_by(what)
        .order_by(what)
    )


def listed(consultation_id: str, filters: Filters, what: str, cursor: str | None) -> Rows:
    """Select a page of the texts that became something, and one row more."""
    query = (
        select(
            *SHORT,
            StatementReading.reason,
            GroupedStatement.leader_id,
            Territory.name.label("territory_name"),
        )
        .select_from(joined())
        .outerjoin(Territory, Territory.code == Statement.territory_code)
        .where(is_counted(consultation_id), became() == what, *narrowed(filters))
    )
    return paging.after(query, ORDER, descending=False, cursor_text=cursor)


SHORT = (
    Statement.id,
    Statement.kind,
    Statement.state,
    Statement.title,
    func.substr(Statement.body, 1, EXCERPT).label("body"),
    Statement.signed_as,
    Statement.signature,
    Statement.created_at,
)


def detail(consultation_id: str, statement_id: str, now: datetime) -> Rows:
    """Select a contribution in full: what it is about, what it became, who reads it now.

    `group` is how many texts say the same, itself included; `leader` the text that leads them.
    """
    parent = aliased(Statement)
    live = and_(ReadingHold.statement_id == Statement.id, ReadingHold.until > now)
    return (
        select(
            Statement,
            Question,
            Theme,
            parent.kind.label("parent_kind"),
            parent.id.label("parent_id"),
            parent.title.label("parent_title"),
            parent.body.label("parent_body"),
            parent.state.label("parent_state"),
            Territory.name.label("territory_name"),
            Organisation.name.label("organisation_name"),
            became().label("became"),
            StatementReading.state.label("read_as"),
            StatementReading.reason,
            _leader.id.label("leader"),
            _size().label("group"),
            ReadingHold.account_id.label("reader_id"),
            Account.name.label("reader"),
        )
        .select_from(joined())
        .outerjoin(Question, Question.id == Statement.question_id)
        .outerjoin(parent, parent.id == Statement.parent_id)
        .outerjoin(Theme, Theme.id == func.coalesce(Statement.theme_id, parent.theme_id))
        .outerjoin(Territory, Territory.code == Statement.territory_code)
        .outerjoin(Organisation, Organisation.id == Statement.organisation_id)
        .outerjoin(ReadingHold, live)
        .outerjoin(Account, Account.id == ReadingHold.account_id)
        .where(is_counted(consultation_id), Statement.id == statement_id)
    )


def _size() -> ColumnElement[int]:
    """Count the public texts of the group that a text leads, itself included."""
    member, row = aliased(Statement), aliased(GroupedStatement)
    number = (
        select(func.count() + 1)
        .select_from(row)
        .join(member, and_(member.id == row.statement_id, member.version == row.version))
        .where(
            row.leader_id == Statement.id,
            row.leader_version == Statement.version,
            member.state == "published",
        )
        .correlate(Statement)
    )
    return number.scalar_subquery()


def members(leader_id: str) -> Rows:
    """Select the first public texts that say the same as another."""
    return (
        select(*SHORT, Territory.name.label("territory_name"))
        .join(
            GroupedStatement,
            and_(
                GroupedStatement.statement_id == Statement.id,
                GroupedStatement.version == Statement.version,
            ),
        )
        .outerjoin(Territory, Territory.code == Statement.territory_code)
        .where(GroupedStatement.leader_id == leader_id, Statement.state == "published")
        .order_by(*ORDER)
        .limit(MOST_MEMBERS)
    )


def apart(consultation_id: str) -> Select[str]:
    """Select the texts that readers took out of their groups."""
    return (
        select(UngroupedStatement.statement_id)
        .where(UngroupedStatement.consultation_id == consultation_id)
        .order_by(UngroupedStatement.statement_id)
    )


def texts(consultation_id: str, after: str) -> Rows:
    """Select the public texts after an id, in the order of their ids: the material of groups.

    What a reader took out of its group is in none.
    """
    out = select(UngroupedStatement.statement_id).where(
        UngroupedStatement.statement_id == Statement.id
    )
    return (
        select(
            Statement.id,
            Statement.version,
            Statement.title,
            Statement.body,
            Statement.explanation,
        )
        .where(
            is_counted(consultation_id),
            Statement.state == "published",
            Statement.id > after,
            ~out.exists(),
        )
        .order_by(Statement.id)
    )
