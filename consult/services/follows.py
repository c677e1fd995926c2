"""Following, by one click or by a letter; stopping, which lasts; choosing one's letters."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, delete, func, or_, select, update
from sqlalchemy.orm import Session

from ..domain import clean, follows, local_times, retention
from ..domain.errors import RuleBroken
from ..models import Follow, Subscriber, new_id
from ..queries import consultations, followed
from ..queries import follows as queries
from . import accounts, inserting, journal

PAUSE = timedelta(hours=1)
WAITING = timedelta(days=retention.FOLLOW.number)
MOST_WAITING = 20
A_DAY = 12
MOST = 200
ZONE = "Europe/Paris"


@dataclass(frozen=True)
class Subject:
    """Something that can be followed, as a reader may see it."""

    name: str
    kind: str
    title: str
    path: str
    time_zone: str


@dataclass(frozen=True)
class Home:
    """Where the letters of someone go by: their clocks and their language."""

    time_zone: str = ZONE
    locale: str = "fr"


def subjects(
    session: Session,
    names: Sequence[str],
    *,
    reader: consultations.Reader,
    now: datetime,
) -> list[Subject]:
    """Return the subjects that a reader may know of, in the order they are named."""
    asked: dict[str, list[str]] = {}
    for kind, key in map(follows.read, names):
        if kind in followed.kinds():
            asked.setdefault(kind, []).append(key)
    rows = session.execute(followed.named(asked, reader, now)).all() if asked else []
    found = {
        f"{row.kind}:{row.key}": Subject(
            f"{row.kind}:{row.key}",
            row.kind,
            " ".join(row.title.split()),
            row.path,
            row.time_zone or ZONE,
        )
        for row in rows
    }
    return [found[name] for name in names if name in found]


def subject(session: Session, name: str, *, reader: consultations.Reader, now: datetime) -> Subject:
    """Return a subject that the reader may know of, or raise follow-unknown (404)."""
    found = subjects(session, [name], reader=reader, now=now)
    if not found:
        raise RuleBroken("follow-unknown", 404)
    return found[0]


def subscribe(
    session: Session, email: str, *, home: Home | None = None, now: datetime
) -> Subscriber:
    """Return the subscriber of an address, made when it is new; nothing is proven by this."""
    home = home or Home()
    values = {
        "id": new_id(),
        "email": email,
        "letters": follows.AT_ONCE,
        "locale": home.locale,
        "time_zone": home.time_zone,
        "created_at": now,
        "asked": 0,
        "told_until": now,
        "next_digest_at": follows.next_digest(now, home.time_zone),
    }
    inserting.once(session, Subscriber, values)
    return session.scalars(queries.subscriber(email)).one()


def find(session: Session, email: str) -> Subscriber | None:
    """Return the subscriber of an address, if there is one."""
    return session.scalars(queries.subscriber(email)).one_or_none()


def of_follow(session: Session, one: Follow) -> Subscriber:
    """Return whose follow this is."""
    return session.get_one(Subscriber, one.subscriber_id)


def follow(session: Session, email: str, what: Subject, *, home: Home, now: datetime) -> bool:
    """Follow at once, for whoever has proven the address; tell whether it is new.

    Raises follows-too-many (409) for one more than can be told in a letter.
    """
    person = subscribe(session, email, home=home, now=now)
    held = select(func.count()).where(
        Follow.subscriber_id == person.id, Follow.confirmed_at.is_not(None)
    )
    if (session.scalar(held) or 0) >= MOST:
        raise RuleBroken("follows-too-many", 409, max=MOST)
    values = {"id": new_id(), "subscriber_id": person.id, "subject": what.name}
    inserting.once(session, Follow, values)
    return _begin(session, person, what.name, now)


def ask(
    session: Session, email: object, what: Subject, *, home: Home, now: datetime
) -> tuple[str, str] | None:
    """Ask to follow with an address; return it with the letter's secret, None when it had one.

    One letter an hour for each address and subject, twelve a day for each address, and no more than
    twenty that wait: nothing of it shows to whoever asks, nor whether the address is known. Raises
    email-unreadable.
    """
    address = clean.email(email, required="email-unreadable")
    person = subscribe(session, address, home=home, now=now)
    if _has_enough(session, person, what, now):
        return None
    token = secrets.token_urlsafe(32)
    values = {"id": new_id(), "subscriber_id": person.id, "subject": what.name}
    inserting.once(session, Follow, values)
    asked: Any = session.execute(
        update(Follow)
        .where(
            Follow.subscriber_id == person.id,
            Follow.subject == what.name,
            or_(Follow.asked_at.is_(None), Follow.asked_at <= now - PAUSE),
        )
        .values(asked_at=now, token_hash=accounts.digest(token))
        .execution_options(synchronize_session=False)
    )
    if asked.rowcount != 1:
        return None
    number = case((Subscriber.asked_on == now.date(), Subscriber.asked + 1), else_=1)
    session.execute(
        update(Subscriber)
        .where(Subscriber.id == person.id)
        .values(asked=number, asked_on=now.date())
        .execution_options(synchronize_session=False)
    )
    session.refresh(person)
    _record(session, "follow.asked", what.name, person, now)
    return address, token


def _has_enough(session: Session, person: Subscriber, what: Subject, now: datetime) -> bool:
    """Tell whether an address has had all the letters of the day, or too many that wait."""
    if person.asked_on == now.date() and person.asked >= A_DAY:
        return True
    waiting = select(func.count()).where(
        Follow.subscriber_id == person.id,
        Follow.confirmed_at.is_(None),
        Follow.asked_at > now - WAITING,
        Follow.subject != what.name,
    )
    return (session.scalar(waiting) or 0) >= MOST_WAITING


def waiting(session: Session, token: str, *, now: datetime) -> tuple[Follow, Subscriber] | None:
    """Return what a letter's link leads to, while it can be used; looking changes nothing."""
    row = session.execute(
        select(Follow, Subscriber)
        .join(Subscriber, Subscriber.id == Follow.subscriber_id)
        .where(Follow.token_hash == accounts.digest(token), Follow.asked_at > now - WAITING)
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def confirm(session: Session, token: str, *, now: datetime) -> Follow:
    """Follow what the letter was about; pressing twice is harmless. Raises follow-link-unknown."""
    found = waiting(session, token, now=now)
    if found is None:
        raise RuleBroken("follow-link-unknown")
    _begin(session, found[1], found[0].subject, now)
    session.refresh(found[0])
    return found[0]


def stop(session: Session, person: Subscriber, name: str, *, now: datetime) -> bool:
    """Stop following one thing; tell whether it was followed. Raises follow-unknown (404)."""
    follows.read(name)
    gone: Any = session.execute(
        delete(Follow)
        .where(Follow.subscriber_id == person.id, Follow.subject == name)
        .execution_options(synchronize_session=False)
    )
    if gone.rowcount:
        _record(session, "follow.stopped", name, person, now)
    return bool(gone.rowcount)


def stop_all(session: Session, person: Subscriber, *, now: datetime) -> None:
    """Stop every letter: nothing is followed any more, until they follow something again."""
    session.execute(
        delete(Follow)
        .where(Follow.subscriber_id == person.id)
        .execution_options(synchronize_session=False)
    )
    choose(session, person, follows.NONE, now=now)


def choose(
    session: Session, person: Subscriber, letters: object, *, zone: str = "", now: datetime
) -> None:
    """Choose one's letters and the clocks they go by; raises letters-unknown, zone-unknown.

    Whoever wants letters again is told what comes from now on, not what they did not want.
    """
    chosen = follows.letters(letters)
    place = local_times.zone(zone).key if zone else person.time_zone
    _prove(person, now)
    before = (person.letters, person.time_zone)
    if before == (chosen, place):
        return
    if person.letters == follows.NONE:
        person.told_until = now
    person.letters, person.time_zone = chosen, place
    person.next_digest_at = follows.next_digest(now, place)
    session.flush()
    name = f"subscriber:{person.id}"
    journal.record(session, "letters.chosen", name, actor=name, now=now, letters=chosen)


def held(session: Session, person: Subscriber, *, now: datetime) -> list[Subject]:
    """Return what someone follows and may still know of, the latest first."""
    names = [one.subject for one in session.scalars(queries.held(person.id))]
    reader = consultations.Reader(email=person.email)
    return subjects(session, names, reader=reader, now=now)


def forget_waiting(session: Session, *, now: datetime) -> int:
    """Delete what nobody confirmed within a week; return how many follows are gone."""
    before = now - WAITING
    unconfirmed: Any = session.execute(
        delete(Follow)
        .where(Follow.confirmed_at.is_(None), Follow.asked_at <= before)
        .execution_options(synchronize_session=False)
    )
    kept = select(Follow.id).where(Follow.subscriber_id == Subscriber.id).exists()
    session.execute(
        delete(Subscriber)
        .where(Subscriber.confirmed_at.is_(None), Subscriber.created_at <= before, ~kept)
        .where(Subscriber.letters == follows.AT_ONCE)
        .execution_options(synchronize_session=False)
    )
    return int(unconfirmed.rowcount)


def _begin(session: Session, person: Subscriber, name: str, now: datetime) -> bool:
    """Mark a follow as confirmed, once; the first one of a person begins their weeks."""
    begun: Any = session.execute(
        update(Follow)
        .where(
            Follow.subscriber_id == person.id,
            Follow.subject == name,
            Follow.confirmed_at.is_(None),
        )
        .values(confirmed_at=now)
        .execution_options(synchronize_session=False)
    )
    if not begun.rowcount:
        return False
    if person.letters == follows.NONE:
        choose(session, person, follows.WEEKLY, now=now)
    _prove(person, now)
    session.flush()
    _record(session, "follow.begun", name, person, now)
    return True


def _prove(person: Subscriber, now: datetime) -> None:
    """Note that an address is its reader's; what is told begins then."""
    if person.confirmed_at is None:
        person.confirmed_at = person.told_until = now
        person.next_digest_at = follows.next_digest(now, person.time_zone)


def _record(session: Session, act: str, name: str, person: Subscriber, now: datetime) -> None:
    journal.record(session, act, name, actor=f"subscriber:{person.id}", now=now)
