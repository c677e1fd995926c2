"""What the reading aids work on in each theme and question, and what they found there."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import aliased

from ..models import (
    AnswerQuestion,
    Extract,
    GroupedStatement,
    NotedText,
    ReadingNote,
    Stance,
    Statement,
    Synthesis,
    SynthesisBlock,
    Territory,
)
from . import paging, readings

Rows = Select[*tuple[Any, ...]]
TERMS, VOICES = "terms", "voices"
ORDER = (NotedText.position, NotedText.statement_id)
_OPINIONS = ("answer", "proposal")  # whoever writes below one says what they think of it
_parent, _above, _leader = aliased(Statement), aliased(Statement), aliased(Statement)


def person() -> Any:
    """Tell texts of one person from those of another, as far as it is known."""
    return func.coalesce(Statement.participant_id, Statement.contribution_id, Statement.id)


_TEXT = (Statement.id, Statement.version, Statement.title, Statement.body, Statement.search)
_DECLARED = (
    Statement.side,
    Statement.actor_kind,
    case((Statement.signed_as != "none", Statement.speaks_from), else_="").label("place"),
    person().label("person"),
    Stance.value.label("opinion"),
)
_PLACED = (
    func.coalesce(_above.id, _parent.id, Statement.id).label("root"),
    func.coalesce(Statement.theme_id, _parent.theme_id, _above.theme_id).label("theme_id"),
    func.coalesce(Statement.question_id, _parent.question_id, _above.question_id).label(
        "question_id"
    ),
)


def texts(consultation_id: str, after: str) -> Rows:
    """Select the public texts after an id, in the order of their ids, with what is declared.

    `root` is the text at the top; `opinion` what the author thinks of the text just above, where
    that is an answer or a proposal; `leader` the public text that says the same.
    """
    return (
        select(*_TEXT, *_DECLARED, *_PLACED, _leader.id.label("leader"))
        .select_from(_joined())
        .where(
            readings.is_counted(consultation_id),
            Statement.state == "published",
            or_(_parent.id.is_(None), _parent.state == "published"),
            or_(_above.id.is_(None), _above.state == "published"),
            Statement.id > after,
        )
        .order_by(Statement.id)
    )


def further(consultation_id: str) -> Rows:
    """Select the further questions that answers are addressed to: (answer, question)."""
    return (
        select(AnswerQuestion.statement_id, AnswerQuestion.question_id)
        .join(Statement, Statement.id == AnswerQuestion.statement_id)
        .where(Statement.consultation_id == consultation_id)
        .order_by(AnswerQuestion.statement_id, AnswerQuestion.question_id)
    )


def notes(consultation_id: str, kind: str) -> Select[ReadingNote]:
    """Select what an aid found in each place."""
    return (
        select(ReadingNote)
        .where(ReadingNote.consultation_id == consultation_id, ReadingNote.kind == kind)
        .order_by(ReadingNote.place)
    )


def noted(note_id: str) -> Rows:
    """Select the passages of a note that are still public and unchanged, in order."""
    return (
        select(
            NotedText,
            Statement.kind,
            Statement.title,
            Statement.body,
            Statement.side,
            Statement.actor_kind,
            Statement.signed_as,
            Statement.signature,
            Territory.name.label("territory_name"),
        )
        .join(Statement, Statement.id == NotedText.statement_id)
        .outerjoin(Territory, Territory.code == Statement.territory_code)
        .where(NotedText.note_id == note_id, NotedText.alone.is_(False), *_still())
        .order_by(*ORDER)
    )


def passage(note_id: str, statement_id: str) -> Rows:
    """Select a passage of a note with its text, where both are still as they were."""
    return (
        select(NotedText, Statement)
        .join(Statement, Statement.id == NotedText.statement_id)
        .where(
            NotedText.note_id == note_id,
            NotedText.alone.is_(False),
            NotedText.statement_id == statement_id,
            *_still(),
        )
    )


def alone(note_id: str) -> Select[str]:
    """Select the keys of the texts of a note that resemble no other, in order."""
    return (
        select(Statement.id)
        .join(NotedText, NotedText.statement_id == Statement.id)
        .where(NotedText.note_id == note_id, NotedText.alone, *_still())
        .order_by(*ORDER)
    )


def some(statement_ids: Sequence[str]) -> Rows:
    """Select some texts as lists show them, the oldest first."""
    return _short(Statement.id.in_(statement_ids)).order_by(*readings.ORDER)


def lone(note_id: str, cursor: str | None) -> Rows:
    """Select a page of the texts of a note that resemble no other, and one row more."""
    held = select(NotedText.statement_id).where(NotedText.note_id == note_id, NotedText.alone)
    query = _short(Statement.id.in_(held), Statement.state == "published")
    return paging.after(query, readings.ORDER, descending=False, cursor_text=cursor)


def holding(consultation_id: str, filters: readings.Filters, stem: str, cursor: str | None) -> Rows:
    """Select a page of the public texts of a place that hold a stem, and one row more."""
    words = literal(" ") + Statement.search + " "
    query = _short(
        readings.is_counted(consultation_id),
        Statement.state == "published",
        words.contains(f" {stem} ", autoescape=True),
        *readings.narrowed(filters),
    )
    return paging.after(query, readings.ORDER, descending=False, cursor_text=cursor)


def taken(consultation_id: str, statement_ids: Sequence[str]) -> Rows:
    """Select which of some passages the notebook quotes already: (text, where it begins)."""
    return (
        select(Extract.statement_id, Extract.starts)
        .join(SynthesisBlock, SynthesisBlock.id == Extract.block_id)
        .join(Synthesis, Synthesis.id == SynthesisBlock.synthesis_id)
        .where(
            Synthesis.consultation_id == consultation_id,
            Extract.statement_id.in_(statement_ids),
        )
        .order_by(Extract.id)
    )


def _still() -> list[Any]:
    return [Statement.state == "published", Statement.version == NotedText.version]


def _short(*conditions: Any) -> Rows:
    return (
        select(*readings.SHORT, Territory.name.label("territory_name"))
        .outerjoin(Territory, Territory.code == Statement.territory_code)
        .where(*conditions)
    )


def _joined() -> Any:
    """Join a text to those above it, to what its author thinks of the first, to its leader."""
    own = and_(
        Stance.statement_id == _parent.id,
        Stance.participant_id == Statement.participant_id,
        _parent.kind.in_(_OPINIONS),
    )
    same = and_(
        GroupedStatement.statement_id == Statement.id,
        GroupedStatement.version == Statement.version,
    )
    leads = and_(
        _leader.id == GroupedStatement.leader_id,
        _leader.version == GroupedStatement.leader_version,
        _leader.state == "published",
    )
    table: Any = Statement.__table__
    return (
        table.outerjoin(_parent, _parent.id == Statement.parent_id)
        .outerjoin(_above, _above.id == _parent.parent_id)
        .outerjoin(Stance, own)
        .outerjoin(GroupedStatement, same)
        .outerjoin(_leader, leads)
    )
