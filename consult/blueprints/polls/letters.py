"""The letters of a vote: it is open, it closes soon, its result; each says why it came."""

from typing import Any

from ... import clock, i18n
from ...extensions import db
from ...models import Poll, Room
from ...services import follows, notifications
from ..accounts.letters import write
from ..follows import letters

NONE = "none"


def send(name: str, poll: Poll, room: Room, *, email: str, mark: str, **facts: Any) -> bool:
    """Put a letter in the outbox for someone who may vote, unless they want no letters.

    `mark` is the key of the letter: the same one is put once.
    """
    session, now = db.session(), clock.now()
    person = follows.subscribe(session, email, now=now)
    if person.letters == NONE:
        return False
    i18n.use(person.locale)
    path = letters.stop_path(person)
    subject, body = write(name, poll=poll, room=room, stop=letters.base_url() + path, **facts)
    key = f"{name}:{mark}"
    return notifications.put(
        session, notifications.Letter(person.email, subject, body, key, path), now=now
    )
