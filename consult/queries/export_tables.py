"""The rows of an export as the database itself writes them: each column is the text of a cell.

For PostgreSQL, whose COPY writes a table without its rows passing one by one through Python. The
cells are those of `formats.layout.row` for the records of the same rows, made safe as by
`domain.cells.safe`; none is null.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from ..domain import cells
from ..models import AnswerQuestion, Question, Statement, Theme
from . import exports

_UTC_TEXT = 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'
_OPINIONS = ("agree", "mixed", "disagree")
_DATES = ("created_at", "updated_at", "decided_at")
# Columns whose few values no text of a person can enter.
_SURE = ("signature_as", "state", "side", "decision")
_QUESTION_KEY = func.coalesce(Question.origin, Question.id)
_THEME_KEY = func.coalesce(Theme.origin, Theme.id, "")


def statements(
    consultation_id: str, kind: str, columns: Iterable[str], *, whole: bool = False
) -> Select[Any]:
    """Return the cells of the texts of one kind, in these columns, oldest first."""
    query = exports.statements(consultation_id, kind, whole=whole)
    made: dict[str, ColumnElement[Any]] = {
        "key": func.coalesce(Statement.origin, Statement.id),
        "theme_key": _THEME_KEY,
        "parent_key": func.coalesce(exports.Parent.origin, exports.Parent.id),
        "signature_as": Statement.__table__.c.signed_as,
        "number": literal(""),
    }
    if kind == "answer":
        further = _further(consultation_id)
        query = query.outerjoin(further, further.c.statement_id == Statement.id)
        made["theme_key"] = case((Question.id.is_(None), _THEME_KEY), else_="")
        made["question_keys"] = func.concat_ws(" ", _QUESTION_KEY, further.c.others)
    return query.with_only_columns(*(_cell(name, made.get(name)).label(name) for name in columns))


def _further(consultation_id: str) -> Any:
    apart = aggregate_order_by(literal(" "), Question.number)
    return (
        select(AnswerQuestion.statement_id, func.string_agg(_QUESTION_KEY, apart).label("others"))
        .join(Question, Question.id == AnswerQuestion.question_id)
        .where(Question.consultation_id == consultation_id)
        .group_by(AnswerQuestion.statement_id)
        .subquery()
    )


def _cell(name: str, made: ColumnElement[Any] | None) -> ColumnElement[Any]:
    column = getattr(Statement, name) if made is None else made
    if name in _OPINIONS:
        return column + getattr(Statement, f"declared_{name}")  # type: ignore[no-any-return]
    if name == "position":
        return column
    if name in _DATES:
        utc = func.to_char(func.timezone("UTC", column), _UTC_TEXT)
        return func.coalesce(func.replace(utc, ".000000", ""), "")
    if name == "value":
        column = cast(column, String)
    if name in _SURE:
        return func.coalesce(column, "")
    return _safe(func.coalesce(column, ""))


def _safe(column: ColumnElement[str]) -> ColumnElement[str]:
    first = func.left(column, 1)
    bare = func.left(func.ltrim(column, cells.SKIPPED), 1)
    risky = first.in_(tuple(cells.FIRST)) | bare.in_(tuple(cells.RISKY))
    watched = and_(column != "", func.strpos(cells.WATCHED, first) > 0)  # most are neither
    return case((and_(watched, risky), func.concat("'", column)), else_=column)
