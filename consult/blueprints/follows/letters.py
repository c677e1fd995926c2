"""The letters of those who follow: each says why it came, and holds the link that stops it."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, Signer

from ... import clock, i18n
from ...domain import follows as rules
from ...domain.errors import RuleBroken
from ...extensions import db
from ...models import Announcement, Subscriber
from ...queries import consultations
from ...services import follows, notifications
from ..accounts.letters import short, write


def base_url() -> str:
    """Return the address of the site, which the letters lead to."""
    return str(current_app.config["BASE_URL"])


def stop_path(person: Subscriber) -> str:
    """Return the path of the page where a person stops their letters; nobody else can make it."""
    return f"/letters/{_signer().sign(person.id).decode()}"


def of_token(token: str) -> Subscriber | None:
    """Return the person of the end of such a path."""
    try:
        found = _signer().unsign(token).decode()
    except (BadSignature, UnicodeError):
        return None
    return db.session.get(Subscriber, found)


def _signer() -> Signer:
    return Signer(current_app.config["SECRET_KEY"], salt="letters", digest_method=sha256)


def known(person: Subscriber, name: str) -> follows.Subject | None:
    """Return a subject as the owner of an address may see it."""
    reader = consultations.Reader(email=person.email)
    try:
        return follows.subject(db.session(), name, reader=reader, now=clock.now())
    except RuleBroken:
        return None


def confirm(address: str, token: str, what: follows.Subject) -> None:
    """Put in the outbox the letter whose button begins a follow."""
    subject, body = write(
        "follow", what=what, link=f"{base_url()}/follow/confirm/{token}", days=follows.WAITING.days
    )
    key = f"follow:{short(token)}"
    letter = notifications.Letter(address, subject, body, key)
    notifications.put(db.session(), letter, now=clock.now())


def digest(person: Subscriber, key: str, groups: Sequence[rules.Group], others: int) -> bool:
    """Put in the outbox the letter of someone's week; tell whether it is the first of the week.

    `others` is how many things followed have news that the letter has no room for.
    """
    number = sum(len(group.pieces) for group in groups)
    return _send(person, "digest", key, groups=groups, number=number, others=others)


def reply(person: Subscriber, row: Any) -> bool:
    """Put in the outbox the letter that tells an author of a reply."""
    return _send(person, "reply", f"reply:{row.id}", reply=row)


def deadline(person: Subscriber, row: Any) -> bool:
    """Put in the outbox the reminder of a draft that is not sent."""
    return _send(person, "deadline", row.key, draft=row)


def announcement(person: Subscriber, said: Announcement, what: follows.Subject) -> bool:
    """Put in the outbox the message of an organiser, for one of those who follow."""
    key = f"announcement:{said.id}:{person.id}"
    return _send(person, "announcement", key, said=said, what=what)


def _send(person: Subscriber, name: str, key: str, **facts: Any) -> bool:
    i18n.use(person.locale)
    path = stop_path(person)
    subject, body = write(name, stop=base_url() + path, person=person, **facts)
    letter = notifications.Letter(person.email, subject, body, key, path)
    return notifications.put(db.session(), letter, now=clock.now())
