"""Tags of a reading room: their texts, what is proposed, what a search for more works on."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from ..domain import reading_tags as rules
from ..domain import readings
from ..models import (
    ProposedTag,
    ReadingTag,
    RefusedTag,
    Statement,
    SuggestedTheme,
    TaggedStatement,
    Territory,
)
from . import paging
from .readings import SHORT, is_counted, joined, leader

Rows = Select[*tuple[Any, ...]]
ORDER: tuple[ColumnElement[Any], ...] = (ProposedTag.confidence, ProposedTag.statement_id)  # type: ignore[assignment]


def of_consultation(consultation_id: str) -> Select[ReadingTag]:
    """Select the tags of a consultation, by their names."""
    return (
        select(ReadingTag)
        .where(ReadingTag.consultation_id == consultation_id)
        .order_by(ReadingTag.folded, ReadingTag.id)
    )


def locked(consultation_id: str) -> Select[ReadingTag]:
    """Select the tags of a consultation, held until the end, in an order that never changes.

    So nobody waits for one that waits for them.
    """
    return (
        select(ReadingTag)
        .where(ReadingTag.consultation_id == consultation_id)
        .order_by(ReadingTag.id)
        .with_for_update()
    )


def choices(statement: Statement) -> Rows:
    """Select the tags that a text may bear, and whether it bears each."""
    bears = and_(
        TaggedStatement.tag_id == ReadingTag.id,
        TaggedStatement.statement_id == statement.id,
        TaggedStatement.version == statement.version,
    )
    return (
        select(ReadingTag.id, ReadingTag.name, TaggedStatement.statement_id.label("here"))
        .outerjoin(TaggedStatement, bears)
        .where(ReadingTag.consultation_id == statement.consultation_id)
        .order_by(ReadingTag.folded, ReadingTag.id)
    )


def counts(consultation_id: str) -> Rows:
    """Select how many texts bear a tag, are grouped, proposed...: each is one thing only."""
    what = case(
        (Statement.state.in_(readings.REFUSED), rules.HIDDEN),
        (Statement.state != "published", rules.WAITING),
        (TaggedStatement.tag_id.is_not(None), rules.TAGGED),
        (leader().is_not(None), rules.GROUPED),
        (ProposedTag.tag_id.is_not(None), rules.PROPOSED),
        else_=rules.UNTAGGED,
    ).label("what")
    tag = case((Statement.state == "published", TaggedStatement.tag_id)).label("tag_id")
    return (
        select(what, tag, func.count().label("number"))
        .select_from(_joined())
        .where(is_counted(consultation_id))
        .group_by(what, tag)
        .order_by(what, tag)
    )


def texts(consultation_id: str, after: str) -> Rows:
    """Select the public texts after an id, with the tag that a person put on each.

    What is grouped is told by the leader of its group, but for what a person tagged.
    """
    return (
        select(
            Statement.id,
            Statement.version,
            Statement.title,
            Statement.body,
            TaggedStatement.tag_id,
        )
        .select_from(joined().outerjoin(TaggedStatement.__table__, _tagged()))
        .where(
            is_counted(consultation_id),
            Statement.state == "published",
            or_(leader().is_(None), TaggedStatement.tag_id.is_not(None)),
            Statement.id > after,
        )
        .order_by(Statement.id)
    )


def proposals(consultation_id: str, cursor: str | None) -> Rows:
    """Select a page of what is proposed and waits, the surest first, and one row more."""
    query = (
        select(
            *SHORT,
            Statement.version,
            ProposedTag.tag_id,
            ProposedTag.confidence,
            ProposedTag.level,
            ReadingTag.name,
            Territory.name.label("territory_name"),
        )
        .select_from(_joined())
        .join(ReadingTag, ReadingTag.id == ProposedTag.tag_id)
        .outerjoin(Territory, Territory.code == Statement.territory_code)
        .where(
            is_counted(consultation_id),
            Statement.state == "published",
            TaggedStatement.tag_id.is_(None),
            leader().is_(None),
        )
    )
    return paging.after(query, ORDER, descending=True, cursor_text=cursor)


def seen(consultation_id: str, keys: Sequence[str]) -> Rows:
    """Select texts as they stand now: their versions, the tag of each, the one proposed."""
    return (
        select(
            *SHORT,
            Statement.version,
            TaggedStatement.tag_id.label("tag_id"),
            ProposedTag.tag_id.label("proposed_id"),
            leader().label("leader"),
        )
        .select_from(_joined())
        .where(is_counted(consultation_id), Statement.id.in_(keys))
        .order_by(Statement.id)
    )


def refused(consultation_id: str) -> Rows:
    """Select which tags people refused for which texts."""
    return (
        select(RefusedTag.statement_id, RefusedTag.tag_id)
        .join(ReadingTag, ReadingTag.id == RefusedTag.tag_id)
        .where(ReadingTag.consultation_id == consultation_id)
        .order_by(RefusedTag.statement_id, RefusedTag.tag_id)
    )


def named_themes(consultation_id: str) -> Rows:
    """Select the suggested themes that people named."""
    return (
        select(SuggestedTheme.id, SuggestedTheme.name)
        .where(SuggestedTheme.consultation_id == consultation_id, SuggestedTheme.state == "kept")
        .order_by(SuggestedTheme.name, SuggestedTheme.id)
    )


def _joined() -> Any:
    """Join a text to its tag, and to the one that is proposed for it, as they stand now."""
    again = select(RefusedTag.tag_id).where(
        RefusedTag.statement_id == ProposedTag.statement_id, RefusedTag.tag_id == ProposedTag.tag_id
    )
    waits = and_(
        ProposedTag.statement_id == Statement.id,
        ProposedTag.version == Statement.version,
        ~again.exists(),
    )
    table: Any = joined().outerjoin(TaggedStatement.__table__, _tagged())
    return table.outerjoin(ProposedTag.__table__, waits)


def _tagged() -> ColumnElement[bool]:
    return and_(
        TaggedStatement.statement_id == Statement.id, TaggedStatement.version == Statement.version
    )
