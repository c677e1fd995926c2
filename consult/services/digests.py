"""The weekly letter: who is due one, what it tells; taken once, whatever the workers and clocks."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from ..domain import follows
from ..domain.kinds import N_
from ..models import Subscriber
from ..queries import followed
from ..queries import follows as queries
from . import follows as following

AT_ONCE = 50
OWN = "own"
OWN_TITLE = N_("Replies to what you wrote")
OWN_LABELS = {
    "comment": N_("New comment"),
    "argument": N_("New argument"),
    "source": N_("New source"),
    "amendment": N_("New amendment"),
}


def due(session: Session, *, now: datetime, more: int = 0) -> Sequence[Subscriber]:
    """Return the subscribers whose weekly letter is due, so many at once."""
    query = queries.due(now).limit(AT_ONCE + more).execution_options(populate_existing=True)
    return session.scalars(query).all()


def take(session: Session, person: Subscriber, *, now: datetime) -> followed.Window | None:
    """Take someone's week, so that nobody else does; None when there is no letter to write.

    A letter that is a day late is not written: what it would tell waits for the next one.
    """
    hour = person.next_digest_at
    taken: Any = session.execute(
        update(Subscriber)
        .where(Subscriber.id == person.id, Subscriber.next_digest_at == hour)
        .values(next_digest_at=follows.next_digest(now, person.time_zone))
        .execution_options(synchronize_session=False)
    )
    session.refresh(person)
    until = hour - follows.IN_FLIGHT
    if taken.rowcount != 1 or follows.is_missed(hour, now):
        return None
    if person.letters == follows.NONE:
        person.told_until = until
        return None
    return followed.Window(person.email, person.told_until, until, now)


def key(person: Subscriber, window: followed.Window) -> str:
    """Return the mark of a weekly letter: one for each person and week."""
    return f"digest:{person.id}:{follows.week(window.until, person.time_zone)}"


def told(person: Subscriber, window: followed.Window) -> None:
    """Note that all of the window is told."""
    person.told_until = max(window.until, person.told_until)


def gather(
    session: Session,
    person: Subscriber,
    window: followed.Window,
    *,
    base_url: str,
    say: Callable[[str], str],
) -> tuple[list[follows.Group], int]:
    """Return what a weekly letter tells, by what is followed; each thing once, where it is nearest.

    And how many things followed have news that found no room. `say` translates names.
    """
    seen: set[str] = set()
    found = []
    for subject, labels, selects in _asked(session, person, window):
        rows = [row for query in selects for row in session.execute(query)]
        fresh = {row.key: row for row in rows if row.key not in seen}
        seen.update(fresh)
        newest = sorted(fresh.values(), key=lambda row: (row.at, row.key), reverse=True)
        if not newest:
            continue
        pieces = [_piece(row, say(labels[row.what]), base_url) for row in newest[: followed.MOST]]
        title, link = say(subject.title) if subject.kind == OWN else subject.title, ""
        link = base_url + subject.path if subject.path else ""
        label = say(followed.kinds()[subject.kind].LABEL) if subject.path else ""
        found.append(follows.Group(label, title, link, pieces, len(newest) - len(pieces)))
    return follows.fit(found)


def _asked(
    session: Session, person: Subscriber, window: followed.Window
) -> Iterator[tuple[following.Subject, dict[str, str], list[Any]]]:
    """Give what someone is told of, the nearest first: their own texts, then what they follow.

    What is hidden from them today is not among it.
    """
    own = following.Subject(OWN, OWN, OWN_TITLE, "", person.time_zone)
    yield own, OWN_LABELS, [followed.replies(window)]
    kinds = followed.kinds()
    held = following.held(session, person, now=window.now)
    for subject in sorted(held, key=lambda one: kinds[one.kind].RANK):
        kind, (_name, key) = kinds[subject.kind], follows.read(subject.name)
        yield subject, kind.LABELS, kind.news(key, window)


def _piece(row: Any, label: str, base_url: str) -> follows.Piece:
    title, text = " ".join(row.title.split()), " ".join(row.text.split())
    return follows.Piece(label, row.at, title, text, base_url + row.path)
