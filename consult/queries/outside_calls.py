"""The calls that others run, as the board shows them."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, func, literal, or_, select

from ..models import OutsideCall, Territory
from . import territories

FAR = date(9999, 12, 31)
# Without a last day, it comes after those that have one.
ENDS = func.coalesce(OutsideCall.closes_on, literal(FAR, Date), type_=Date()).label("ends_on")
FIRST_TO_CLOSE: tuple[ColumnElement[Any], ...] = (ENDS, OutsideCall.id)  # type: ignore[assignment]
ROW = (
    OutsideCall.id,
    OutsideCall.funder,
    OutsideCall.title,
    OutsideCall.about,
    OutsideCall.link,
    OutsideCall.closes_on,
    OutsideCall.created_at,
    OutsideCall.account_id,
    Territory.name.label("territory"),
    ENDS,
)
Rows = Select[*tuple[Any, ...]]


def on_the_board(today: date, territory: str | None = None) -> Rows:
    """Select the calls that are not withdrawn and whose last day is not past."""
    query = _rows().where(
        OutsideCall.withdrawn_at.is_(None),
        or_(OutsideCall.closes_on.is_(None), OutsideCall.closes_on >= today),
    )
    if territory is None:
        return query
    here = territories.above(territory).union(territories.within(territory))
    code = OutsideCall.territory_code
    return query.where(or_(code.is_(None), code.in_(here)))


def latest(today: date, territory: str | None, limit: int) -> Rows:
    """Select the calls of the board that were told last."""
    newest = (OutsideCall.created_at.desc(), OutsideCall.id.desc())
    return on_the_board(today, territory).order_by(*newest).limit(limit)


def told_by(account_id: str | None) -> Rows:
    """Select what someone told and did not withdraw, past or not; of everyone for None."""
    query = _rows().where(OutsideCall.withdrawn_at.is_(None))
    return query if account_id is None else query.where(OutsideCall.account_id == account_id)


def _rows() -> Rows:
    return select(*ROW).outerjoin(Territory, Territory.code == OutsideCall.territory_code)
