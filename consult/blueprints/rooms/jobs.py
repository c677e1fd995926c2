"""What the worker does for rooms: rights follow the mandates, sleeping rooms are told of."""

from flask import Flask

from ... import clock, i18n, one_by_one
from ...domain import rooms as rules
from ...domain import vacancies as states
from ...extensions import db
from ...services import notifications, seats, vacancies
from ..accounts import letters

SEAT, ASLEEP = "seat", "letter about sleeping rooms"


def settle_seats(_app: Flask) -> int:
    """Give and take the rights of the mandates that begin or end; return how many were seen."""
    session, now = db.session(), clock.now()

    def settle(seat_id: str) -> bool:
        seats.settle_one(session, seat_id, now=now)
        return True

    return one_by_one.each(SEAT, {one: one for one in seats.due(session, now=now)}, settle)


def tell_asleep(_app: Flask) -> int:
    """Tell once a week, in one letter, those who act for rooms that sleep; return how many."""
    session, now = db.session(), clock.now()
    if not vacancies.take_week(session, now=now):
        session.rollback()
        return 0
    i18n.use("fr")
    year, week, _day = now.isocalendar()

    def write(digest: vacancies.Digest) -> bool:
        subject, body = letters.write(
            "rooms_asleep",
            vacant=[room for room in digest.rooms if states.state(room, now) == states.VACANT],
            dormant=[room for room in digest.rooms if states.state(room, now) == states.DORMANT],
            labels=rules.LABELS,
        )
        key = f"rooms-asleep:{digest.account_id}:{year}-{week:02}"
        return notifications.queue(
            session, recipient=digest.email, subject=subject, body=body, dedup_key=key, now=now
        )

    people = {one.account_id: one for one in vacancies.digests(session, now=now)}
    written = one_by_one.each(ASLEEP, people, write, inside=True)
    if one_by_one.will_be_tried(ASLEEP, people):
        session.rollback()  # the week is not told: all are written again, each once
        return 0
    session.commit()
    return written
