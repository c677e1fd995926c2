"""Groupings that administrators make of territories: a hub, an ocean zone, a network."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..domain import clean, local_times, places
from ..domain.errors import RuleBroken
from ..models import Consultation, Territory, TerritoryMember
from . import consultations, inserting, journal

FIELDS: dict[str, Callable[..., str]] = {
    "name": partial(clean.line, limit=120, required="grouping-name-missing"),
    "time_zone": lambda raw: local_times.zone(raw).key,
}
MOST_MEMBERS = 200
MOST_CODES = 1_000


def create(session: Session, *, name: object, time_zone: object, by: str, now: datetime) -> str:
    """Make a grouping and return its code; grouping-name-taken when another has this name."""
    values = _read(name, time_zone)
    for number in range(1, MOST_CODES):
        code = f"{places.stem(values['name'])}{number if number > 1 else ''}"
        row = {"code": code, "kind": places.GROUPING, "path": places.path(code), "population": 0}
        if inserting.once(session, Territory, {**row, **values}):
            _record(session, "grouping.created", code, by, now)
            return code
        _refuse_name(session, values["search"])
    raise RuleBroken("grouping-name-taken")


def values_of(grouping: Territory) -> dict[str, str]:
    """Return what the form of a grouping is filled with."""
    return {name: getattr(grouping, name) for name in FIELDS}


def change(
    session: Session, grouping: Territory, *, values: dict[str, Any], by: str, now: datetime
) -> None:
    """Rename a grouping or move it to another hour; `values` holds the stamp of what was read.

    Its code and what it groups stay. Raises stale (409) and grouping-name-taken.
    """
    _hold(session, grouping)
    consultations.check_stamp(values_of(grouping), values.get("version", ""))
    read = _read(values.get("name"), values.get("time_zone"))
    _refuse_name(session, read["search"], but=grouping.code)
    try:
        with session.begin_nested():
            for name, value in read.items():
                setattr(grouping, name, value)
    except IntegrityError as error:
        raise RuleBroken("grouping-name-taken") from error
    _record(session, "grouping.changed", grouping.code, by, now)


def add(
    session: Session, grouping: Territory, member: Territory, *, by: str, now: datetime
) -> bool:
    """Put a territory in a grouping; tell whether it was not there yet.

    Raises grouping-in-grouping for another grouping, and grouping-full above the limit.
    """
    if member.kind == places.GROUPING:
        raise RuleBroken("grouping-in-grouping")
    _hold(session, grouping)
    held = select(TerritoryMember.member_code).where(TerritoryMember.group_code == grouping.code)
    if len(session.scalars(held).all()) >= MOST_MEMBERS:
        raise RuleBroken("grouping-full", max=MOST_MEMBERS)
    values = {"group_code": grouping.code, "member_code": member.code}
    if not inserting.once(session, TerritoryMember, values):
        return False
    _record(session, "grouping.member-added", grouping.code, by, now, member=member.code)
    return True


def remove(
    session: Session, grouping: Territory, member_code: str, *, by: str, now: datetime
) -> None:
    """Take a territory out of a grouping, or raise grouping-member-unknown (404)."""
    gone: Any = session.execute(
        delete(TerritoryMember).where(
            TerritoryMember.group_code == grouping.code, TerritoryMember.member_code == member_code
        )
    )
    if gone.rowcount != 1:
        raise RuleBroken("grouping-member-unknown", 404)
    _record(session, "grouping.member-removed", grouping.code, by, now, member=member_code)


def discard(session: Session, grouping: Territory, *, by: str, now: datetime) -> None:
    """Delete a grouping that nothing uses; grouping-used (409) otherwise."""
    code = grouping.code
    _hold(session, grouping)
    used = select(Consultation.id).where(Consultation.territory_code == code).limit(1)
    if session.scalar(used) is not None:
        raise RuleBroken("grouping-used", 409)
    try:
        with session.begin_nested():
            for column in (TerritoryMember.group_code, Territory.code):
                gone = delete(column.class_).where(column == code)
                session.execute(gone.execution_options(synchronize_session=False))
    except IntegrityError as error:  # whatever else names it: the database knows
        raise RuleBroken("grouping-used", 409) from error
    session.expunge(grouping)
    _record(session, "grouping.deleted", code, by, now)


def _hold(session: Session, grouping: Territory) -> None:
    """Keep a grouping as it is until the commit, or raise grouping-unknown (404): it is gone."""
    query = select(Territory).where(Territory.code == grouping.code).with_for_update()
    if session.scalar(query.execution_options(populate_existing=True)) is None:
        raise RuleBroken("grouping-unknown", 404)


def _read(name: object, time_zone: object) -> dict[str, str]:
    read = {"name": FIELDS["name"](name), "time_zone": FIELDS["time_zone"](time_zone)}
    search = places.key(read["name"])
    if not search:
        raise RuleBroken("grouping-name-missing")
    return {**read, "search": search}


def _refuse_name(session: Session, search: str, *, but: str = "") -> None:
    taken = select(Territory.code).where(
        Territory.kind == places.GROUPING, Territory.search == search, Territory.code != but
    )
    if session.scalar(taken.limit(1)) is not None:
        raise RuleBroken("grouping-name-taken")


def _record(session: Session, act: str, code: str, by: str, now: datetime, **facts: str) -> None:
    journal.record(session, act, f"territory:{code}", actor=by, now=now, **facts)
