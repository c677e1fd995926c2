"""Gathering all that is held about one person, for that person alone."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ..models import Account
from ..queries.personal import PARTS, Person
from . import journal

Held = dict[str, list[dict[str, Any]]]


def of_account(account: Account) -> Person:
    """Return by what someone who signed in is known."""
    return Person(account.id, account.participant_id, account.email)


def gather(session: Session, person: Person) -> Held:
    """Return the rows of each part that holds something of a person."""
    found = {one.key: session.execute(one.rows(person)).mappings().all() for one in PARTS}
    return {key: [dict(row) for row in rows] for key, rows in found.items() if rows}


def asked(session: Session, account: Account, *, now: datetime) -> None:
    """Note that someone asked for their data."""
    name = f"account:{account.id}"
    journal.record(session, "personal.asked", name, actor=name, now=now)
