"""The official tree of territories, loaded from the data shipped with the package."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Table, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from .. import data
from ..domain import places
from ..models import Base, Postcode, Setting, Territory, TerritoryMember

LOADED = "territories_digest"
WIDTH = 5_000
CHANGING = ("name", "kind", "parent_code", "time_zone", "search", "population")


def load(session: Session) -> bool:
    """Write the official tree when the package's differs from the one loaded; tell whether it was.

    What administrators grouped themselves stays, and so does a territory that is no longer official:
    texts may name it.
    """
    known = session.get(Setting, LOADED)
    if known is not None and known.value == data.digest():
        return False
    write(session, data.read())
    _put(session, Setting, [{"key": LOADED, "value": data.digest()}], ("value",))
    return True


def write(session: Session, lines: Sequence[data.Territory]) -> None:
    """Write territories, parents first, then what they group and their postcodes."""
    _put(session, Territory, [_row(line) for line in lines], CHANGING)
    groups = [line.code for line in lines if line.members]
    for start in range(0, len(groups), WIDTH):
        some = groups[start : start + WIDTH]
        session.execute(delete(TerritoryMember).where(TerritoryMember.group_code.in_(some)))
    members = [
        {"group_code": line.code, "member_code": member}
        for line in lines
        for member in line.members.split()
    ]
    session.execute(delete(Postcode))
    postcodes = [
        {"code": code, "territory_code": line.code}
        for line in lines
        for code in line.postcodes.split()
    ]
    _put(session, TerritoryMember, members)
    _put(session, Postcode, postcodes)


def counts(session: Session) -> dict[str, int]:
    """Return how many territories there are of each kind."""
    query = select(Territory.kind, func.count()).group_by(Territory.kind)
    return {kind: number for kind, number in session.execute(query)}


def _row(line: data.Territory) -> dict[str, Any]:
    return {
        "code": line.code,
        "name": line.name,
        "kind": line.kind,
        "parent_code": line.parent or None,
        "time_zone": line.time_zone,
        "search": places.key(line.name),
        "population": int(line.population or 0),
    }


def _put(
    session: Session, model: type[Base], rows: list[dict[str, Any]], changing: Sequence[str] = ()
) -> None:
    """Write rows whoever else writes the same at the same moment; `changing` are renewed."""
    table = cast(Table, model.__table__)
    postgres = session.get_bind().dialect.name == "postgresql"
    put = postgresql.insert(table) if postgres else sqlite.insert(table)
    if changing:
        renewed = {name: put.excluded[name] for name in changing}
        once = put.on_conflict_do_update(index_elements=list(table.primary_key), set_=renewed)
    else:
        once = put.on_conflict_do_nothing()
    for start in range(0, len(rows), WIDTH):
        session.connection().execute(once, rows[start : start + WIDTH])
