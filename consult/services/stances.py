"""Opinions: one for each person and statement, changeable, counted at once by the database."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Row, Select, Table, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from ..domain import stances
from ..domain.errors import RuleBroken
from ..models import Consultation, Stance, Statement, Theme
from ..queries import consultations, shapes, statements
from . import journal, participation

KINDS = ("answer", "proposal", "amendment", "argument")
TABLE: Table = Stance.__table__  # type: ignore[assignment]
Parent = aliased(Statement)  # made once: an alias costs more to make than to query
READING = select(*statements.COUNTS[:3]).where(Statement.id == bindparam("statement"))
ENTRY = journal.TABLE.insert().returning(
    *(READING.with_only_columns(column).scalar_subquery() for column in statements.COUNTS[:3])
)
TAKING = (
    delete(TABLE)
    .where(
        TABLE.c.statement_id == bindparam("statement"),
        TABLE.c.participant_id == bindparam("participant"),
    )
    .returning(TABLE.c.value)
)


@dataclass(frozen=True)
class Given:
    """An opinion as it now stands; `counts` is None while the results are hidden."""

    statement_id: str
    parent_id: str | None
    value: str | None
    counts: dict[str, int] | None


def give(
    session: Session,
    *,
    statement_id: str,
    kind: str,
    actor: participation.Actor,
    value: str | None,
    now: datetime,
) -> Given:
    """Give, change or, with None, take back an opinion on a statement of this kind.

    Three SQL statements: what it is about, the opinion, and the journal, which reads the counts
    back. Giving the same opinion again changes nothing. Raises stance-unknown,
    statement-unknown (404), statement-not-published, amendment-decided (409), and what
    `participation.check` raises.
    """
    chosen = stances.read(value)
    target = _target(session, statement_id, kind, actor, now)
    participation.check("stance", target, actor.reader, listed=target.listed, now=now)
    if target.state != "published":
        raise RuleBroken("statement-not-published", 409)
    if target.decision is not None:
        raise RuleBroken("amendment-decided", 409)
    connection = session.connection()
    if _write(connection, statement_id, actor.participant_id, chosen, now):
        entry = journal.marked(
            at=now,
            actor=actor.name,
            act="stance.given" if chosen else "stance.taken-back",
            subject=f"statement:{statement_id}",
            consultation_id=target.consultation_id,
            facts={"value": chosen} if chosen else {},
        )
        read = connection.execute(ENTRY, {**entry, "statement": statement_id}).one()
    else:
        read = connection.execute(READING, {"statement": statement_id}).one()
    counts = dict(zip(stances.STANCES, read[:3], strict=True))
    shown = participation.shows_counts(target, now)
    return Given(statement_id, target.parent_id, chosen, counts if shown else None)


def _target(
    session: Session, statement_id: str, kind: str, actor: participation.Actor, now: datetime
) -> Row[Any]:
    if kind not in KINDS or not statements.IDENTIFIER.fullmatch(statement_id):
        raise RuleBroken("statement-unknown", 404)
    query = shapes.of(
        _about,
        statement_id=statement_id,
        kind=kind,
        reader=actor.reader,
        participant_id=actor.participant_id,
        now=now,
    )
    found = session.connection().execute(*query).one_or_none()
    if found is None:
        raise RuleBroken("statement-unknown", 404)
    return found


def _about(
    statement_id: str,
    kind: str,
    reader: consultations.Reader,
    participant_id: str,
    now: datetime,
) -> Select[*tuple[Any, ...]]:
    """Select what the rules need to know of a text that may receive an opinion."""
    return (
        select(
            Statement.state,
            Statement.decision,
            Statement.parent_id,
            Statement.consultation_id,
            *participation.ENTRY,
            participation.is_listed(reader).label("listed"),
        )
        .join(Consultation, Consultation.id == Statement.consultation_id)
        .outerjoin(Parent, Parent.id == Statement.parent_id)
        .outerjoin(Theme, Theme.id == func.coalesce(Statement.theme_id, Parent.theme_id))
        .where(
            Statement.id == statement_id,
            Statement.kind == kind,
            func.coalesce(Parent.state, "published") == "published",
            statements.is_visible(reader, participant_id, now),
        )
    )


def _write(
    connection: Connection,
    statement_id: str,
    participant_id: str,
    chosen: str | None,
    now: datetime,
) -> bool:
    """Write the opinion; tell whether it differs from the one held before."""
    values: dict[str, Any] = {"statement": statement_id, "participant": participant_id}
    if chosen is None:
        return connection.execute(TAKING, values).first() is not None
    values |= {"given": stances.CODES[chosen], "now": now}
    return connection.execute(_giving(connection.dialect.name), values).first() is not None


@cache
def _giving(database: str) -> Insert:
    """Return the statement that writes an opinion, and nothing when it is the same."""
    given = (sqlite if database == "sqlite" else postgresql).insert(TABLE)
    given = given.values(
        statement_id=bindparam("statement"),
        participant_id=bindparam("participant"),
        value=bindparam("given"),
        created_at=bindparam("now"),
        updated_at=bindparam("now"),
    )
    changed: Insert = given.on_conflict_do_update(
        index_elements=[TABLE.c.statement_id, TABLE.c.participant_id],
        set_={"value": given.excluded.value, "updated_at": given.excluded.updated_at},
        where=TABLE.c.value != given.excluded.value,
    ).returning(TABLE.c.value)
    return changed
