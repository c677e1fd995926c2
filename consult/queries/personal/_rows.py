"""What a part of a person's data is, and the parts that take more than one table to read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, false, literal, or_, select

from ...models import (
    Account,
    Base,
    Consultation,
    Contribution,
    Follow,
    JournalEntry,
    Project,
    Revision,
    Role,
    SecondReading,
    Statement,
    Subscriber,
    account_role,
)

Rows = Select[*tuple[Any, ...]]
IN_CONSULTATION = Consultation.title.label("consultation")


@dataclass(frozen=True)
class Person:
    """By what a person is known: any of these, or none; `contributions` by their numbers."""

    account_id: str | None = None
    participant_id: str | None = None
    email: str | None = None
    contributions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A part of what is held: its name, its title, the columns that lead to a person, its rows."""

    key: str
    title: str
    links: tuple[str, ...]
    rows: Callable[[Person], Rows]


def part(
    key: str, title: str, columns: Sequence[Any], *links: Any, via: Sequence[Any] = ()
) -> Part:
    """Return the part of the rows where one of `links` is the person, joined to `via`.

    Each of `via` is a table, or a table and how it is joined when there are two ways.
    """
    table = links[0].class_

    def rows(person: Person) -> Rows:
        query = select(*columns).select_from(table)
        for other in via:
            query = query.outerjoin(*(other if isinstance(other, tuple) else (other,)))
        ways = [link == known(link, person) for link in links if known(link, person)]
        order = list(table.__table__.primary_key)
        return query.where(or_(false(), *ways)).order_by(*order)

    return Part(key, title, tuple(map(name_of, links)), rows)


def name_of(link: Any) -> str:
    """Return a column's name with its table's."""
    return f"{link.class_.__tablename__}.{link.key}"


def known(link: Any, person: Person) -> str | None:
    """Return what a column that leads to a person holds for this one."""
    if link.key == "email":
        return person.email
    targets = {key.column.table.name for key in link.property.columns[0].foreign_keys}
    if link.class_ is Account or "account" in targets:
        return person.account_id
    return person.participant_id if "participant" in targets else person.email


def columns(model: type[Base], names: str) -> list[Any]:
    """Return columns by their names, apart by spaces."""
    return [getattr(model, name) for name in names.split()]


def own_texts(person: Person) -> ColumnElement[bool]:
    """Tell which texts are a person's: theirs, or under a number that they gave."""
    mine = Statement.participant_id == person.participant_id
    given = Statement.contribution_id.in_(person.contributions)
    return or_(mine, given) if person.participant_id else given


def texts(person: Person) -> Rows:
    said = "id kind state title body explanation value side link signed_as signature function"
    where = "speaks_from actor_kind territory_code channel place"
    when = "created_at updated_at published_at state_reason"
    query = select(IN_CONSULTATION, *columns(Statement, f"{said} {where} {when}"))
    query = query.join(Consultation, Consultation.id == Statement.consultation_id)
    return query.where(own_texts(person)).order_by(Statement.id)


def versions(person: Person) -> Rows:
    query = select(*columns(Revision, "statement_id version title body value reason created_at"))
    query = query.join(Statement, Statement.id == Revision.statement_id)
    return query.where(own_texts(person)).order_by(Revision.statement_id, Revision.version)


def asked_again(person: Person) -> Rows:
    said = "statement_id project_id words asked_at outcome reason decided_at"
    query = select(*columns(SecondReading, said))
    query = query.outerjoin(Statement, Statement.id == SecondReading.statement_id)
    query = query.outerjoin(Project, Project.id == SecondReading.project_id)
    written = Project.account_id == (person.account_id or "")
    return query.where(or_(own_texts(person), written)).order_by(SecondReading.decision_id)


def contributions(person: Person) -> Rows:
    said = "tracking_number channel place consent notify_email created_at"
    query = select(IN_CONSULTATION, *columns(Contribution, said))
    query = query.join(Consultation, Consultation.id == Contribution.consultation_id)
    mine = Contribution.participant_id == person.participant_id
    given = Contribution.id.in_(person.contributions)
    return query.where(or_(mine, given) if person.participant_id else given).order_by(
        Contribution.id
    )


def roles(person: Person) -> Rows:
    query = select(Role.name).join(account_role, account_role.c.role_id == Role.id)
    return query.where(account_role.c.account_id == person.account_id).order_by(Role.name)


def follows(person: Person) -> Rows:
    query = select(*columns(Follow, "subject asked_at confirmed_at"))
    query = query.join(Subscriber, Subscriber.id == Follow.subscriber_id)
    return query.where(Subscriber.email == person.email).order_by(Follow.id)


def acts(person: Person) -> Rows:
    follower = select(literal("subscriber:") + Subscriber.id).where(
        Subscriber.email == person.email
    )
    names = [f"account:{person.account_id}", f"participant:{person.participant_id}"]
    query = select(*columns(JournalEntry, "at act subject"))
    return query.where(
        or_(JournalEntry.actor.in_(names), JournalEntry.actor.in_(follower))
    ).order_by(JournalEntry.id)
