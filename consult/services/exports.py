"""Export: the public texts of a consultation as neutral records, one at a time.

No person is exported, only what they signed; opinions are exported as counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ..domain.errors import RuleBroken
from ..domain.signatures import Signature
from ..formats import csv_zip, exporters, layout, records
from ..models import Consultation, Question, Statement, Theme
from ..queries import export_tables
from ..queries import exports as queries
from . import editions, participation, table_copies
from .import_targets import SETTINGS

AT_ONCE = 500
KINDS: dict[str, type[records.Written]] = {
    "proposal": records.Proposal,
    "answer": records.Answer,
    "amendment": records.Amendment,
    "argument": records.Argument,
    "source": records.Source,
    "comment": records.Comment,
}


def chunks(
    session: Session,
    consultation: Consultation,
    kind: str,
    *,
    now: datetime,
    whole: bool = False,
    licence: str = "",
) -> Iterator[bytes]:
    """Return the bytes of a consultation's export, a little at a time.

    Public texts only; `whole` adds the others with their states, for an operator who moves house.
    """
    if kind not in exporters():
        raise RuleBroken("format-unknown", 404, kind=kind)
    if not whole and not participation.shows_counts(consultation, now):
        raise RuleBroken("results-hidden", 409)
    if kind == csv_zip.NAME and table_copies.possible(session):
        return csv_zip.joined(tables(session, consultation, whole), licence)
    return exporters()[kind].chunks(stream(session, consultation, whole), licence)


def passes(session: Session, consultation_id: str, number: int) -> bool:
    """Whether a consultation holds more texts than a number, without counting them all."""
    return session.scalar(queries.beyond(consultation_id, number)) is not None


def tables(
    session: Session, consultation: Consultation, whole: bool = False
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Yield each table with its lines: the short ones made here, the others by the database."""
    for kind, made in (("theme", _themes), ("question", _questions)):
        rows = (layout.row(one, layout.LAYOUTS[kind]) for one in made(session, consultation, whole))
        yield kind, [csv_zip.lines(rows).encode()]
    for kind in layout.LAYOUTS:
        if kind in KINDS:
            columns = layout.LAYOUTS[kind].columns
            query = export_tables.statements(consultation.id, kind, columns, whole=whole)
            yield kind, table_copies.lines(session, query)


def stream(
    session: Session, consultation: Consultation, whole: bool = False
) -> Iterator[records.Record]:
    """Yield the records of a consultation, parents first, in constant memory."""
    source = editions.source_of(session, consultation)
    yield header(consultation, source.slug if source else "")
    yield from _themes(session, consultation, whole)
    yield from _questions(session, consultation, whole)
    further: dict[str, list[str]] = defaultdict(list)
    for statement_id, key in session.execute(queries.further_questions(consultation.id)):
        further[statement_id].append(key)
    for kind in KINDS:
        query = queries.statements(consultation.id, kind, whole=whole)
        for row in session.execute(query, execution_options={"yield_per": AT_ONCE}):
            yield statement_record(row, further)


def _themes(session: Session, consultation: Consultation, whole: bool) -> Iterator[records.Theme]:
    return map(theme_record, session.scalars(queries.themes(consultation.id, whole=whole)))


def _questions(
    session: Session, consultation: Consultation, whole: bool
) -> Iterator[records.Question]:
    for row in session.execute(queries.questions(consultation.id, whole=whole)):
        yield question_record(*row)


def header(consultation: Consultation, edition_of: str = "") -> records.Consultation:
    """Return the first record: what is asked, by whom, from when to when."""
    return records.Consultation(
        key=consultation.id,
        title=consultation.title,
        slug_hint=consultation.slug,
        introduction=consultation.purpose,
        opens_at=consultation.opens_at,
        closes_at=consultation.closed_early_at or consultation.closes_at,
        created_at=consultation.created_at,
        settings={
            name: value for name in sorted(SETTINGS) if (value := getattr(consultation, name)) != ""
        },
        edition_of=edition_of,
    )


def theme_record(theme: Theme) -> records.Theme:
    """Return the record of a theme."""
    return records.Theme(
        key=theme.origin or theme.id,
        number=theme.number,
        label=theme.label,
        title=theme.title,
        introduction=theme.introduction,
        position=theme.position,
    )


def question_record(
    question: Question, theme_key: str, common_key: str | None = None
) -> records.Question:
    """Return the record of a question."""
    return records.Question(
        key=question.origin or question.id,
        theme_key=theme_key,
        number=question.number,
        wording=question.wording,
        kind=question.kind,
        easy_wording=question.easy_wording,
        context=question.context,
        why=question.why,
        help=question.help,
        example=question.example,
        options=question.options,
        common_key=common_key or "",
    )


def statement_record(row: Any, further: dict[str, list[str]]) -> records.Record:
    """Return the record of a published text, with its opinions counted."""
    statement: Statement = row
    facts: dict[str, Any] = {
        "key": statement.origin or statement.id,
        "signature": Signature(
            statement.signed_as, statement.signature, statement.function, statement.speaks_from
        ),
        "title": statement.title,
        "body": statement.body,
        "created_at": statement.created_at,
        "updated_at": statement.updated_at,
        "state": statement.state,
        "state_reason": statement.state_reason,
        "actor_kind": statement.actor_kind or "",
        "territory_code": statement.territory_code or "",
        "channel": statement.channel,
        "place": statement.place,
        "agree": statement.agree + statement.declared_agree,
        "mixed": statement.mixed + statement.declared_mixed,
        "disagree": statement.disagree + statement.declared_disagree,
    }
    own = OWN[statement.kind](statement, row, further)
    made: records.Record = KINDS[statement.kind](**facts, **own)  # type: ignore[assignment]
    return made


def _answer(statement: Statement, row: Any, further: dict[str, list[str]]) -> dict[str, Any]:
    keys = (row.question_key, *further.get(statement.id, ())) if row.question_key else ()
    theme = {} if keys else {"theme_key": row.theme_key or ""}
    return {"question_keys": keys, "value": statement.value, **theme}


def _proposal(statement: Statement, row: Any, _further: object) -> dict[str, Any]:
    return {
        "theme_key": row.theme_key or "",
        "position": statement.position,
        "explanation": statement.explanation,
        "link": statement.link,
    }


def _amendment(statement: Statement, row: Any, _further: object) -> dict[str, Any]:
    return {
        "parent_key": row.parent_key,
        "explanation": statement.explanation,
        "decision": statement.decision or "",
        "decision_reason": statement.decision_reason,
        "decided_at": statement.decided_at,
    }


def _argument(statement: Statement, row: Any, _further: object) -> dict[str, Any]:
    return {"parent_key": row.parent_key, "side": statement.side}


def _source(statement: Statement, row: Any, _further: object) -> dict[str, Any]:
    return {"parent_key": row.parent_key, "link": statement.link}


def _comment(_statement: Statement, row: Any, _further: object) -> dict[str, Any]:
    return {"parent_key": row.parent_key}


OWN = {
    "answer": _answer,
    "proposal": _proposal,
    "amendment": _amendment,
    "argument": _argument,
    "source": _source,
    "comment": _comment,
}
