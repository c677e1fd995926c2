"""What a person says of themselves: all optional, and shown only when they sign with it."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from ..domain import clean, signatures
from ..models import Account
from . import journal

FIELDS = {
    "name": partial(clean.line, limit=signatures.NAME_LIMIT),
    "organisation": partial(clean.line, limit=signatures.NAME_LIMIT),
    "function": partial(clean.line, limit=signatures.FUNCTION_LIMIT),
    "speaks_from": partial(clean.line, limit=signatures.POSITION_LIMIT),
}


def save(session: Session, account: Account, values: Mapping[str, Any], *, now: datetime) -> None:
    """Keep a profile; what was signed before stays as it was signed."""
    said = {name: read(values.get(name)) for name, read in FIELDS.items()}
    changed = sorted(name for name, value in said.items() if getattr(account, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(account, name, said[name])
    session.flush()
    who = f"account:{account.id}"
    journal.record(session, "account.profile", who, actor=who, now=now, fields=changed)


def signing(account: Account) -> dict[str, str]:
    """Return what the fields of a signature are filled with, for whoever wishes to sign."""
    return {
        "signature": account.name,
        "organisation": account.organisation,
        "function": account.function,
    }
