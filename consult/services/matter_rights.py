"""For which rooms someone may act: those they run, and those that sleep below them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ..queries import matter_pages as queries
from . import vacancies


@dataclass(frozen=True)
class Hands:
    """The rooms that someone runs, by their ids, and those that they act for in their place."""

    own: Mapping[str, Any] = field(default_factory=dict)
    asleep: frozenset[str] = frozenset()

    def __contains__(self, room_id: object) -> bool:
        return room_id in self.own or room_id in self.asleep

    def __bool__(self) -> bool:
        return bool(self.own)


def hands(session: Session, account_id: str, room_ids: Collection[str], *, now: datetime) -> Hands:
    """Return the rooms that someone acts for: all those they run, and some of `room_ids`."""
    own = {row.id: row for row in session.execute(queries.run_by(account_id))}
    others = sorted(set(room_ids) - set(own)) if own else []
    asleep = {one for one in others if _stands_in(session, one, own, now)}
    return Hands(own, frozenset(asleep))


def _stands_in(session: Session, room_id: str, own: Mapping[str, Any], now: datetime) -> bool:
    acting = vacancies.in_charge(session, room_id, now=now)
    return acting is not None and acting.id in own
