"""Organisations in whose name people sign: the same name, however typed, is the same one."""

import re
import unicodedata
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Organisation, new_id
from . import inserting

SLUG_LIMIT = 60


def named(session: Session, name: str, *, now: datetime) -> Organisation:
    """Return the organisation of this name, made at the first signature."""
    key = name_key(name)
    found = select(Organisation).where(Organisation.name_key == key)
    if (organisation := session.scalar(found)) is not None:
        return organisation
    slug = _slug(key)
    for address in (slug, f"{slug}-{new_id()[-6:]}"):  # the second is for an address taken
        values = {"id": new_id(), "slug": address, "name": name, "name_key": key}
        inserting.once(session, Organisation, {**values, "created_at": now})
    return session.scalars(found).one()


def name_key(name: str) -> str:
    """Return what two spellings of a name share: letters and figures, without case nor accent."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = re.findall(r"[^\W_]+", letters)
    return (" ".join(words) or letters.strip())[:200]


def _slug(key: str) -> str:
    slug = "-".join(re.findall(r"[a-z0-9]+", key))[:SLUG_LIMIT].strip("-")
    return slug or f"structure-{new_id()[-6:]}"
