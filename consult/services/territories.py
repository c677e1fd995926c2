"""The official tree of territories, loaded from the data shipped with the package."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from sqlalchemy import Select, Table, bindparam, delete, func, or_, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from .. import data
from ..domain import clean, places
from ..domain.errors import RuleBroken
from ..models import Base, Postcode, Setting, Territory, TerritoryMember
from ..queries import territories
from . import rooms

LOADED = "territories_digest"
UNNAMED = {"name": "", "search": ""}
CHANGING = ("name", "kind", "parent_code", "time_zone", "search", "population", "path")


def begin(session: Session) -> bool:
    """Write the upper levels in an empty table, at once; tell whether they were."""
    if session.scalar(select(Territory.code).limit(1)) is not None:
        return False
    write(session, [line for line in data.read() if line.kind not in territories.LEAVES])
    return True


def load(session: Session) -> bool:
    """Write the official tree when the package's differs from the one loaded; tell whether it was.

    What administrators grouped themselves stays, and so does a territory that is no longer
    official: texts may name it.
    """
    known = session.get(Setting, LOADED)
    if known is not None and known.value == data.digest():
        return False
    write(session, data.read(), data.districts())
    rooms.work_out(session)
    _put(session, Setting, [{"key": LOADED, "value": data.digest()}], ("value",))
    return True


def write(
    session: Session,
    lines: Sequence[data.Territory],
    districts: Sequence[data.Territory] = (),
) -> None:
    """Write territories, parents first, then what they group and their postcodes.

    A municipal arrondissement names the postcodes of its commune.
    """
    paths: dict[str, str] = {}
    for line in lines:
        paths[line.code] = places.path(line.code, paths.get(line.parent, ""))
    rows = [_row(line) | {"path": paths[line.code]} for line in lines]
    _put(session, Territory, rows, CHANGING)
    group = TerritoryMember.group_code
    official = or_(group.startswith("E-"), group.startswith("A-"))
    session.execute(delete(TerritoryMember).where(official))
    members = [
        {"group_code": line.code, "member_code": member}
        for line in lines
        for member in line.members.split()
    ]
    session.execute(delete(Postcode))
    named_by = {
        code: {"name": one.name, "search": places.district(one.name) or ""}
        for one in districts
        for code in one.postcodes.split()
    }
    postcodes = [
        {"code": code, "territory_code": line.code, **named_by.get(code, UNNAMED)}
        for line in lines
        for code in line.postcodes.split()
    ]
    for model, rows in ((TerritoryMember, members), (Postcode, postcodes)):
        if rows:
            _put(session, model, rows)


def counts(session: Session) -> dict[str, int]:
    """Return how many territories there are of each kind."""
    query = select(Territory.kind, func.count()).group_by(Territory.kind)
    return {row[0]: row[1] for row in session.execute(query)}


def official(session: Session) -> dict[str, int]:
    """Return how many territories there are, counted as the official code counts them.

    There, an overseas collectivity stands among the regions and among the départements.
    """
    found = counts(session)
    both = found.get("collectivity", 0)
    return found | {kind: found.get(kind, 0) + both for kind in ("region", "department")}


def named(
    session: Session,
    typed: object,
    chosen: object = "",
    *,
    kept: object = "",
    groupings: bool = False,
) -> Territory | None:
    """Return the territory that a person typed or chose; None when they said nothing.

    `typed` is a postcode, the number of a département or a name, and `chosen` the code picked
    among those it names: it is left aside when the words name it no more. `kept` is the code of
    the territory whose name the field held at first, and counts as long as it does. Raises
    territory-several when they name several, and territory-unknown when they name none; a
    grouping is no place to live in, and only some forms take it.
    """
    words, code, first = (clean.line(raw, places.NAME_LIMIT) for raw in (typed, chosen, kept))
    if not words:
        return known(session, code or None, groupings=groupings)
    for query in _picked(words, code, first, groupings):
        if (one := session.scalar(query)) is not None:
            return one
    rows = session.execute(territories.found(words, limit=2, groupings=groupings)).all()
    exact = [row for row in rows if row.search == places.key(words)]
    if not rows:
        raise RuleBroken("territory-unknown")
    if len(rows) > 1 and len(exact) != 1:
        raise RuleBroken("territory-several")
    return session.get_one(Territory, (exact or rows)[0].code)


def known(session: Session, code: object, *, groupings: bool = False) -> Territory | None:
    """Return the territory of a code, None for none, or raise territory-unknown.

    A grouping stays until the commit, so that what is about to name it can.
    """
    if code is None:
        return None
    line = clean.line(code, places.NAME_LIMIT)
    held = {"read": True, "key_share": True} if places.is_grouping(line) else None
    found = session.get(Territory, line, with_for_update=held)
    if found is None or (found.kind == places.GROUPING and not groupings):
        raise RuleBroken("territory-unknown")
    return found


def _picked(words: str, code: str, first: str, groupings: bool) -> Iterator[Select[Territory]]:
    """Yield how to find the territory picked, as long as the words name it, or hold its name."""
    will_do = true() if groupings else Territory.kind != places.GROUPING
    if code:
        yield select(Territory).where(Territory.code == code, territories.named(words), will_do)
    if first:
        same = Territory.search == places.key(words)
        yield select(Territory).where(Territory.code == first, same, will_do)


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
    if session.get_bind().dialect.name == "postgresql":
        _put_columns(session, table, rows, changing)
    else:
        session.connection().execute(_renewing(sqlite.insert(table), changing), rows)


def _put_columns(
    session: Session, table: Table, rows: list[dict[str, Any]], changing: Sequence[str]
) -> None:
    """Send each column as one array: ten times quicker than a statement a row."""
    columns = [table.c[name] for name in rows[0]]
    arrays = [
        func.unnest(bindparam(column.name, type_=postgresql.ARRAY(column.type))).label(column.name)
        for column in columns
    ]
    put = postgresql.insert(table).from_select([c.name for c in columns], select(*arrays))
    values = {column.name: [row[column.name] for row in rows] for column in columns}
    session.connection().execute(_renewing(put, changing), values)


def _renewing(put: Any, changing: Sequence[str]) -> Any:
    if not changing:
        return put.on_conflict_do_nothing()
    keys = list(put.table.primary_key)
    renewed = {name: put.excluded[name] for name in changing}
    return put.on_conflict_do_update(index_elements=keys, set_=renewed)
