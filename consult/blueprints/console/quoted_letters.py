"""The letter to someone quoted by name, and the address of the page where they may contest it."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, Signer

from ... import i18n
from ...domain import passages
from ...extensions import db
from ...services import extracts, notifications
from ..accounts.letters import write


def token_of(extract_id: str) -> str:
    """Return the end of the address of the page of a quotation; nobody else can make it."""
    return _signer().sign(extract_id).decode()


def of_token(token: str) -> str | None:
    """Return the extract of such an address."""
    try:
        return _signer().unsign(token).decode()
    except (BadSignature, UnicodeError):
        return None


def tell(row: Any, now: datetime) -> bool:
    """Put in the outbox the letter that says that someone's words are quoted with their name."""
    extract = row.Extract
    own = i18n.locale()
    i18n.use(row.locale)
    subject, body = write(
        "named",
        consultation=row.consultation,
        quote=extract.quote,
        until=passages.contest_until(now),
        link=f"{current_app.config['BASE_URL']}/quoted/{token_of(extract.id)}",
    )
    i18n.use(own)
    key = extracts.key_of(extract.id)
    return notifications.put(
        db.session(), notifications.Letter(row.email, subject, body, key), now=now
    )


def _signer() -> Signer:
    return Signer(current_app.config["SECRET_KEY"], salt="quoted", digest_method=sha256)
