"""Opinions: one for each person and statement, changeable, counted at once by the database."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from ..domain import stances
from ..domain.errors import RuleBroken
from ..models import Consultation, Stance, Statement, Theme
from ..queries import statements
from . import journal, participation

KINDS = ("answer", "proposal", "amendment", "argument")
Parent = aliased(Statement)  # made once: an alias costs more to make than to query
TABLE: Table = Stance.__table__  # type: ignore[assignment]


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
    reading = select(*statements.COUNTS).where(Statement.id == statement_id)
    if _write(session, statement_id, actor.participant_id, chosen, now):
        written = journal.entry(
            "stance.given" if chosen else "stance.taken-back",
            f"statement:{statement_id}",
            actor=actor.name,
            now=now,
            consultation_id=target.consultation_id,
            **({"value": chosen} if chosen else {}),
        )
        columns = (reading.with_only_columns(column) for column in statements.COUNTS[:3])
        read = session.execute(written.returning(*(c.scalar_subquery() for c in columns))).one()
    else:
        read = session.execute(reading).one()
    counts = dict(zip(stances.STANCES, read[:3], strict=True))
    shown = participation.shows_counts(target, now)
    return Given(statement_id, target.parent_id, chosen, counts if shown else None)


def _target(
    session: Session, statement_id: str, kind: str, actor: participation.Actor, now: datetime
) -> Row[Any]:
    if kind not in KINDS or not statements.IDENTIFIER.fullmatch(statement_id):
        raise RuleBroken("statement-unknown", 404)
    query = (
        select(
            Statement.state,
            Statement.decision,
            Statement.parent_id,
            Statement.consultation_id,
            *participation.ENTRY,
            participation.is_listed(actor.reader).label("listed"),
        )
        .join(Consultation, Consultation.id == Statement.consultation_id)
        .outerjoin(Parent, Parent.id == Statement.parent_id)
        .outerjoin(Theme, Theme.id == func.coalesce(Statement.theme_id, Parent.theme_id))
        .where(
            Statement.id == statement_id,
            Statement.kind == kind,
            func.coalesce(Parent.state, "published") == "published",
            statements.is_visible(actor.reader, actor.participant_id, now),
        )
    )
    found = session.execute(query).one_or_none()
    if found is None:
        raise RuleBroken("statement-unknown", 404)
    return found


def _write(
    session: Session, statement_id: str, participant_id: str, chosen: str | None, now: datetime
) -> bool:
    """Write the opinion; tell whether it differs from the one held before."""
    if chosen is None:
        taken = delete(TABLE).where(
            TABLE.c.statement_id == statement_id, TABLE.c.participant_id == participant_id
        )
        return session.execute(taken.returning(TABLE.c.value)).first() is not None
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    given = dialect.insert(TABLE).values(
        statement_id=statement_id,
        participant_id=participant_id,
        value=stances.CODES[chosen],
        created_at=now,
        updated_at=now,
    )
    changed = given.on_conflict_do_update(
        index_elements=[TABLE.c.statement_id, TABLE.c.participant_id],
        set_={"value": given.excluded.value, "updated_at": given.excluded.updated_at},
        where=TABLE.c.value != given.excluded.value,
    )
    return session.execute(changed.returning(TABLE.c.value)).first() is not None
