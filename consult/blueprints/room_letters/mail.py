"""Letters to the people of rooms: each says why it came, and holds the link that stops it."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, Signer

from ... import clock, i18n
from ...extensions import db
from ...models import Account, Room, RoomLetter
from ...queries import room_letters as queries
from ...services import notifications
from ..accounts.letters import write


def stop_path(account_id: str, subject: str) -> str:
    """Return the path where an account stops the letters of a subject; nobody else can make it."""
    return f"/letters/stop/{_signer().sign(f'{account_id}-{subject}').decode()}"


def of_token(token: str) -> tuple[str, str] | None:
    """Return the account and the subject of the end of such a path."""
    try:
        found = _signer().unsign(token).decode()
    except (BadSignature, UnicodeError):
        return None
    account_id, _dash, subject = found.partition("-")
    return account_id, subject


def _signer() -> Signer:
    return Signer(current_app.config["SECRET_KEY"], salt="stopped", digest_method=sha256)


def put(recipient: Any, subject: str, name: str, key: str, **facts: Any) -> bool:
    """Put a letter to an account in the outbox, in its language; False when it is there already.

    `recipient` is a row with the account's `id` and `email`, and the `locale` of its letters.
    """
    i18n.use(recipient.locale)
    base, path = current_app.config["BASE_URL"], stop_path(recipient.id, subject)
    title, body = write(name, stop=base + path, **facts)
    letter = notifications.Letter(recipient.email, title, body, key, path)
    return notifications.put(db.session(), letter, now=clock.now())


def room_letter(letter: RoomLetter, room: Room, writer: Account, people: Sequence[Any]) -> None:
    """Put in the outbox a letter of a room, one for each of the people it goes to."""
    own = i18n.locale()
    for one in people:
        key = f"room-letter:{letter.id}:{one.id}"
        facts = {"letter": letter, "room": room, "writer": writer.name}
        put(one, queries.subject(room.id), "room_letter", key, **facts)
    i18n.use(own)
