"""Proposals: one with all that its page shows, what hangs on it, those that may look like it."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    String,
    TextualSelect,
    bindparam,
    column,
    null,
    select,
    text,
    union_all,
)

from ..models import (
    Consultation,
    Organisation,
    Outcome,
    Revision,
    Stance,
    Statement,
    Territory,
    Theme,
)
from . import consultations, paging, statements
from .statements import Scope

Rows = Select[*tuple[Any, ...]]
CANDIDATES = 200
MOST_COMMENTS = 50
MOST_REPLIES = 10
REPLY: tuple[Any, ...] = (
    Statement.id,
    Statement.kind,
    Statement.state,
    Statement.side,
    Statement.title,
    Statement.body,
    Statement.explanation,
    Statement.link,
    Statement.version,
    Statement.created_at,
    Statement.decision,
    Statement.decision_reason,
    Statement.decided_at,
    *statements.SIGNATURE,
    *statements.COUNTS,
)
VERSION: tuple[Any, ...] = (
    Revision.version,
    Revision.title,
    Revision.body,
    Revision.reason,
    Revision.created_at,
)


def detail(
    statement_id: str, reader: consultations.Reader, participant_id: str | None, now: datetime
) -> Rows:
    """Select a statement the reader may know of, with its place, its signature, its outcome.

    And `mine`, the reader's own opinion on it, None when they gave none.
    """
    return (
        select(
            Statement,
            Consultation,
            Theme,
            Organisation.slug.label("organisation_slug"),
            Territory.name.label("territory_name"),
            Outcome.verdict,
            Outcome.body.label("outcome"),
            Outcome.decision,
            Outcome.link,
            Outcome.updated_at.label("outcome_at"),
            _mine(participant_id),
        )
        .join(Consultation, Consultation.id == Statement.consultation_id)
        .outerjoin(Theme, Theme.id == Statement.theme_id)
        .outerjoin(Organisation, Organisation.id == Statement.organisation_id)
        .outerjoin(Territory, Territory.code == Statement.territory_code)
        .outerjoin(Outcome, Outcome.statement_id == Statement.id)
        .where(Statement.id == statement_id, statements.is_visible(reader, participant_id, now))
    )


@lru_cache(maxsize=256)
def replies(lists: tuple[tuple[str, str | None, str, int], ...]) -> Executable:
    """Select the beginning of several lists under the text `parent_id`, in one statement.

    Each list is a kind, a side, an order and a limit; one row more than the limit is read. The
    reader is the parameter `participant_id`. Built once: building costs more than running.
    """
    parent: Any = bindparam("parent_id", type_=String)
    reader: Any = bindparam("participant_id", type_=String)
    parts = [
        page(Scope(kind, parent_id=parent, side=side), reader, order=order, limit=limit)
        for kind, side, order, limit in lists
    ]
    if len(parts) == 1:
        return parts[0]
    return union_all(*(part.subquery().select() for part in parts))


def page(
    scope: Scope,
    participant_id: str | None,
    *,
    order: str,
    cursor: str | None = None,
    limit: int = paging.SIZE,
) -> Rows:
    """Select one page of what hangs on a text, whole texts, and one row more."""
    query = (
        select(*REPLY, _mine(participant_id))
        .select_from(Statement)
        .outerjoin(Organisation, Organisation.id == Statement.organisation_id)
        .outerjoin(Territory, Territory.code == Statement.territory_code)
        .where(*statements.conditions(scope))
    )
    columns, descending = statements.ORDERS[order]
    return paging.after(query, columns, descending=descending, cursor_text=cursor, limit=limit)


def waiting(parent_id: str, participant_id: str) -> Rows:
    """Select the reader's own replies that others do not see yet."""
    return (
        select(Statement.id, Statement.kind, Statement.state)
        .where(
            Statement.parent_id == parent_id,
            Statement.participant_id == participant_id,
            Statement.state.in_(("awaiting", "pending", "to_correct")),
        )
        .order_by(Statement.created_at)
        .limit(paging.SIZE)
    )


def versions(statement_id: str, cursor: str | None = None) -> Rows:
    """Select the earlier versions of a text, the latest first."""
    columns: tuple[ColumnElement[Any], ...] = (Revision.version,)  # type: ignore[assignment]
    query = select(*VERSION).where(Revision.statement_id == statement_id)
    return paging.after(query, columns, descending=True, cursor_text=cursor, limit=paging.SIZE)


def themes(consultation_id: str) -> Select[Theme]:
    """Select the themes of a consultation in which people may propose."""
    return (
        select(Theme)
        .where(Theme.consultation_id == consultation_id, Theme.hidden.is_(False))
        .order_by(Theme.position)
        .limit(paging.MOST)
    )


def candidates(consultation_id: str, terms: Sequence[str], dialect: str) -> TextualSelect:
    """Select the proposals that share words with a text, the closest first: (id, search)."""
    if dialect == "postgresql":
        query = text(
            "SELECT id, search FROM statement, CAST(:words AS tsquery) AS words "
            "WHERE consultation_id = :consultation_id AND kind = 'proposal' "
            "AND state = 'published' AND search_vector @@ words "
            "ORDER BY ts_rank(search_vector, words) DESC, id LIMIT :most"
        )
        words = " | ".join(f"'{term}'" for term in terms)
    else:
        query = text(
            "SELECT s.id, s.search FROM statement_search AS f "
            "JOIN statement_search_row AS r ON r.row = f.rowid "
            "JOIN statement AS s ON s.id = r.statement_id "
            "WHERE f.words MATCH :words AND s.consultation_id = :consultation_id "
            "AND s.kind = 'proposal' AND s.state = 'published' ORDER BY f.rank, s.id LIMIT :most"
        )
        words = " OR ".join(f'"{term}"' for term in terms)
    bound = query.bindparams(words=words, consultation_id=consultation_id, most=CANDIDATES)
    return bound.columns(column("id", String), column("search", String))


def titles(ids: Sequence[str]) -> Rows:
    """Select what a list of look-alikes shows."""
    return select(Statement.id, Statement.title, Statement.body).where(Statement.id.in_(ids))


def _mine(participant_id: str | None) -> ColumnElement[Any]:
    if participant_id is None:
        return null().label("mine")
    return (
        select(Stance.value)
        .where(Stance.statement_id == Statement.id, Stance.participant_id == participant_id)
        .scalar_subquery()
        .label("mine")
    )
