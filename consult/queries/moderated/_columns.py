"""What every family tells of its texts, by the same names: those that one lacks are empty."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Text, and_, cast, func, literal, null, select

from ...models import Account, PassedOn, Reading, Room
from .. import reports

Rows = Select[*tuple[Any, ...]]
SAID = ("id", "kind", "state", "state_reason", "version", "created_at", "updated_at", "time_zone")
WRITTEN = ("title", "body", "explanation", "link", "for_whom", "help_wanted", "help_offered")
SIGNED = ("signature", "function", "organisation_name", "group_name", "territory_name", "place")
PLACED = ("place_title", "place_path", "theme_label", "theme_title", "wording")
PARENT = ("parent_id", "parent_kind", "parent_title", "parent_body")
NAMES = (*SAID, "side", *WRITTEN, *SIGNED, "actor_kind", *PLACED, *PARENT)
NUMBERS = ("theme_number", "question_number")


def whole(family: Any, told: Mapping[str, Any], now: datetime) -> Rows:
    """Select the columns of the queue on a family's table, with who reads and who waits.

    `reader` is the colleague who reads a text now, `passed` how many left it to a colleague.
    """
    item = family.ITEM
    others = and_(getattr(Reading, family.KEY) == item.id, Reading.until_at > now)
    left = select(func.count()).where(getattr(PassedOn, family.KEY) == item.id)
    room = select(Room.name).where(Room.id == family.room_of()).correlate(item)
    return (
        select(
            *(_told(told, name, cast(literal(""), Text)) for name in NAMES),
            *(_told(told, name, cast(null(), Integer)) for name in NUMBERS),
            Reading.account_id.label("reader_id"),
            Account.name.label("reader"),
            left.correlate(item).scalar_subquery().label("passed"),
            reports.people(item).label("reported"),
            reports.first(item).label("reported_at"),
            room.scalar_subquery().label("room_name"),
        )
        .select_from(item)
        .outerjoin(Reading, others)
        .outerjoin(Account, Account.id == Reading.account_id)
    )


def _told(told: Mapping[str, Any], name: str, empty: ColumnElement[Any]) -> ColumnElement[Any]:
    column: ColumnElement[Any] = told.get(name, empty)
    return column.label(name)
