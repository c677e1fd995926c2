"""The blueprint that the modules of this package fill."""

import re

from flask import Blueprint, abort
from sqlalchemy import select

from ...extensions import db
from ...models import Organisation

bp = Blueprint("organisations", __name__)
_SLUG = re.compile(r"[a-z0-9-]{1,80}")


def found(slug: str) -> Organisation:
    """Return the organisation of an address, or answer 404."""
    if not _SLUG.fullmatch(slug):
        abort(404)
    organisation = db.session.scalar(select(Organisation).where(Organisation.slug == slug))
    if organisation is None:
        abort(404)
    return organisation
