"""What the worker does for rooms: rights follow the mandates, sleeping rooms are told of."""

from flask import Flask

from ... import clock, i18n
from ...domain import rooms as rules
from ...domain import vacancies as states
from ...extensions import db
from ...services import notifications, seats, vacancies
from ..accounts import letters


def settle_seats(_app: Flask) -> int:
    """Give and take the rights of the mandates that begin or end; return how many were seen."""
    seen = seats.settle_due(db.session(), now=clock.now())
    db.session.commit()
    return seen


def tell_asleep(_app: Flask) -> int:
    """Tell once a week, in one letter, those who act for rooms that sleep; return how many."""
    session, now, written = db.session(), clock.now(), 0
    if not vacancies.take_week(session, now=now):
        session.rollback()
        return 0
    i18n.use("fr")
    for digest in vacancies.digests(session, now=now):
        year, week, _day = now.isocalendar()
        subject, body = letters.write(
            "rooms_asleep",
            vacant=[room for room in digest.rooms if states.state(room, now) == states.VACANT],
            dormant=[room for room in digest.rooms if states.state(room, now) == states.DORMANT],
            labels=rules.LABELS,
        )
        key = f"rooms-asleep:{digest.account_id}:{year}-{week:02}"
        written += notifications.queue(
            session, recipient=digest.email, subject=subject, body=body, dedup_key=key, now=now
        )
    session.commit()
    return written
