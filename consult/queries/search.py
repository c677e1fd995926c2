"""Full-text search: the same results on both databases, only of what anyone who reads may see."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
    text,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.sql import column

from ..domain import registers
from ..models import (
    Commitment,
    Consultation,
    OpenCall,
    Question,
    Room,
    RoomDocument,
    Statement,
    Territory,
    Theme,
)
from ..models.statements import KINDS
from . import consultations, open_calls, paging, rooms

EXCERPT = 280
CALL, REGISTER = "call", "register"
HITS = (
    Statement.id,
    Statement.kind,
    Statement.title,
    func.substr(Statement.body, 1, EXCERPT).label("body"),
    Statement.signature,
    Statement.actor_kind,
    Statement.created_at,
    Territory.name.label("territory"),
    Consultation.slug,
    Consultation.title.label("consultation"),
    Consultation.time_zone,
)
NEWEST: tuple[ColumnElement[Any], ...] = (Statement.created_at, Statement.id)  # type: ignore[assignment]
QUESTIONS: tuple[ColumnElement[Any], ...] = (Consultation.published_at, Question.id)  # type: ignore[assignment]


def statements(
    terms: Sequence[str],
    reader: consultations.Reader,
    now: datetime,
    *,
    dialect: str,
    consultation_id: str | None = None,
    kind: str | None = None,
) -> Select[*tuple[Any, ...]]:
    """Select the published statements that hold every term, in what the reader may know of."""
    parent, above = aliased(Statement), aliased(Statement)
    theme_id = func.coalesce(Statement.theme_id, parent.theme_id, above.theme_id)
    query = (
        select(*HITS)
        .join(Consultation, Consultation.id == Statement.consultation_id)
        .outerjoin(parent, parent.id == Statement.parent_id)
        .outerjoin(above, above.id == parent.parent_id)
        .outerjoin(Theme, Theme.id == theme_id)
        .outerjoin(Territory, Territory.code == Statement.territory_code)
        .where(
            Statement.state == "published",
            func.coalesce(parent.state, "published") == "published",
            func.coalesce(above.state, "published") == "published",
            or_(Theme.id.is_(None), Theme.hidden.is_(False)),
            consultations.matching(reader, now, consultations.Filters()),
            _holds(terms, dialect),
        )
    )
    if consultation_id is not None:
        query = query.where(Statement.consultation_id == consultation_id)
    return query if kind not in KINDS else query.where(Statement.kind == kind)


def consultations_about(
    terms: Sequence[str], reader: consultations.Reader, now: datetime
) -> Select[*tuple[Any, ...]]:
    """Select the consultations whose words hold every term."""
    seen = consultations.matching(reader, now, consultations.Filters())
    return consultations.cards(and_(seen, _words(Consultation.search, terms)), now)


def questions(
    terms: Sequence[str],
    reader: consultations.Reader,
    now: datetime,
    *,
    consultation_id: str | None = None,
) -> Select[*tuple[Any, ...]]:
    """Select the questions whose words hold every term."""
    query = (
        select(
            Question.id,
            Question.number,
            Question.wording,
            Question.answers,
            Theme.number.label("theme"),
            Consultation.slug,
            Consultation.title.label("consultation"),
            Consultation.published_at,
        )
        .join(Theme, Theme.id == Question.theme_id)
        .join(Consultation, Consultation.id == Question.consultation_id)
        .where(
            Theme.hidden.is_(False),
            consultations.matching(reader, now, consultations.Filters()),
            _words(Question.search, terms),
        )
    )
    return query if consultation_id is None else query.where(Consultation.id == consultation_id)


def of_rooms(
    terms: Sequence[str], reader: rooms.Reader, *, with_calls: bool = False
) -> Select[*tuple[Any, ...]]:
    """Select the decisions and the commitments of rooms whose words hold every term.

    With `with_calls`, the public calls too, in the same statement: `room` is whoever opened each.
    """
    of_room = (Room.slug, Room.name.label("room"))
    decided = (
        select(
            RoomDocument.id,
            literal(registers.DECISION).label("kind"),
            RoomDocument.title,
            func.substr(RoomDocument.body, 1, EXCERPT).label("body"),
            RoomDocument.created_at,
            *of_room,
        )
        .join(Room, Room.id == RoomDocument.room_id)
        .where(
            RoomDocument.kind == registers.DECISION,
            reader.sees(),
            _words(RoomDocument.search, terms),
        )
    )
    committed = (
        select(
            Commitment.id,
            literal("commitment"),
            Commitment.what,
            Commitment.who,
            Commitment.created_at,
            *of_room,
        )
        .join(Room, Room.id == Commitment.room_id)
        .where(reader.sees(), _words(Commitment.search, terms))
    )
    parts = [decided, committed, *([_called(terms)] if with_calls else [])]
    return select(union_all(*parts).subquery(REGISTER))


def _called(terms: Sequence[str]) -> Select[*tuple[Any, ...]]:
    return select(
        OpenCall.id,
        literal(CALL),
        OpenCall.title,
        func.substr(OpenCall.about, 1, EXCERPT),
        OpenCall.published_at,
        OpenCall.slug,
        OpenCall.opened_by,
    ).where(open_calls.holds(terms))


def newest(query: Select[*tuple[Any, ...]]) -> Sequence[ColumnElement[Any]]:
    """Return the columns that put what `of_rooms` finds in order."""
    (found,) = query.get_final_froms()
    return (found.c.created_at, found.c.id)


def page(
    query: Select[*tuple[Any, ...]],
    columns: Sequence[ColumnElement[Any]],
    cursor: str | None,
    limit: int = paging.SIZE,
) -> Select[*tuple[Any, ...]]:
    """Put the newest first and keep one page."""
    return paging.after(query, columns, descending=True, cursor_text=cursor, limit=limit)


def _holds(terms: Sequence[str], dialect: str) -> ColumnElement[bool]:
    """Look each term up in the index, as a word between quotes: no term is an operator."""
    if dialect == "postgresql":
        quoted = " & ".join("'" + _doubled(term, "'\\") + "'" for term in terms)
        vector = column("search_vector", TSVECTOR, _selectable=Statement.__table__)
        return vector.op("@@")(cast(literal(quoted), TSQUERY))
    quoted = " ".join('"' + _doubled(term, '"') + '"' for term in terms)
    found = text(
        "SELECT statement_id FROM statement_search_row WHERE row IN "
        "(SELECT rowid FROM statement_search WHERE statement_search MATCH :words)"
    ).bindparams(bindparam("words", quoted))
    return Statement.id.in_(found.columns(column("statement_id")).subquery().select())


def _doubled(term: str, marks: str) -> str:
    for mark in marks:
        term = term.replace(mark, mark * 2)
    return term


def _words(stored: InstrumentedAttribute[str], terms: Sequence[str]) -> ColumnElement[bool]:
    """Tell whether a short text, kept as stems between spaces, holds every term as a word."""
    padded = literal(" ") + stored + literal(" ")
    return and_(*(padded.contains(f" {term} ", autoescape=True) for term in terms))
