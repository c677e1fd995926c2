"""Find a call for whoever reads: a draft is as good as missing to those who do not run it."""

import re

from flask import abort

from ... import access
from ...domain import roles
from ...extensions import db
from ...models import OpenCall
from ...queries import open_calls

KEY = re.compile(r"[0-9A-Za-z_-]{1,80}")


def reader() -> open_calls.Reader:
    """Return who reads the current request, as the queries ask for it."""
    account = access.viewer().account
    if account is None:
        return open_calls.Reader()
    held = access.viewer().roles()
    runs = account.id if roles.CALL_OFFICER in held else None
    return open_calls.Reader(account_id=runs, sees_all=roles.ADMINISTRATOR in held)


def visible_or_404(slug: str) -> OpenCall:
    """Return the call of an address, or answer 404 as if it had never been."""
    found = None
    if KEY.fullmatch(slug):
        found = db.session.scalars(open_calls.by_slug(slug, reader())).one_or_none()
    if found is None:
        abort(404)
    return found
