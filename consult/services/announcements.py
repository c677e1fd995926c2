"""A message to those who follow something: one a day, in the journal, sent by the worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import clean
from ..domain.errors import RuleBroken
from ..models import Account, Announcement, Consultation, Subscriber, new_id
from ..queries import follows as queries
from . import inserting, journal

TITLE_LIMIT = 120
BODY_LIMIT = 4_000
AT_ONCE = 50


@dataclass(frozen=True)
class Words:
    """What a message says."""

    title: str
    body: str


def read(title: object, body: object) -> Words:
    """Return the words of a message, or raise title-missing, announcement-empty."""
    return Words(
        clean.line(title, TITLE_LIMIT, required="title-missing"),
        clean.text(body, BODY_LIMIT, required="announcement-empty"),
    )


def send(
    session: Session, consultation: Consultation, words: Words, *, by: Account, now: datetime
) -> Announcement:
    """Write to those who follow a consultation; announcement-today (429) for a second one.

    Days are counted by the consultation's own clocks.
    """
    values = {
        "id": new_id(),
        "subject": f"consultation:{consultation.id}",
        "day": now.astimezone(ZoneInfo(consultation.time_zone)).date(),
        "account_id": by.id,
        "title": words.title,
        "body": words.body,
        "reached": "",
        "created_at": now,
    }
    if not inserting.once(session, Announcement, values):
        raise RuleBroken("announcement-today", 429)
    announcement = session.get_one(Announcement, values["id"])
    journal.record(
        session,
        "followers.written-to",
        f"announcement:{announcement.id}",
        actor=f"account:{by.id}",
        now=now,
        consultation_id=consultation.id,
    )
    return announcement


def waiting(session: Session) -> Announcement | None:
    """Return the oldest message that has not reached everyone."""
    return session.scalars(
        select(Announcement)
        .where(Announcement.done_at.is_(None))
        .order_by(Announcement.created_at)
        .limit(1)
    ).one_or_none()


def readers(session: Session, announcement: Announcement) -> Sequence[Subscriber]:
    """Return the next people a message goes to, so many at once."""
    return session.scalars(queries.told_by(announcement).limit(AT_ONCE)).all()


def reach(announcement: Announcement, told: Sequence[Subscriber], *, now: datetime) -> None:
    """Note whom a message has reached; with nobody left, it is done."""
    if told:
        announcement.reached = told[-1].id
    if len(told) < AT_ONCE:
        announcement.done_at = now
