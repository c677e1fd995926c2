"""Find a room for whoever reads: a private one is as good as missing to those outside it."""

import re
from collections.abc import Callable
from typing import Any

from flask import abort, g

from ... import access
from ...domain import roles
from ...extensions import db
from ...queries import rooms, vacancies

Add = Callable[[rooms.Rows, rooms.Reader], rooms.Rows]
SLUG = re.compile(r"[a-z0-9-]{1,80}")
ID = re.compile(r"[0-9A-Za-z]{1,18}")


def reader() -> rooms.Reader:
    """Return who reads the current request, as the queries on rooms ask for it."""
    if "room_reader" not in g:
        account = access.viewer().account
        g.room_reader = (
            rooms.Reader()
            if account is None
            else rooms.Reader(account.id, roles.ADMINISTRATOR in access.viewer().roles())
        )
    return g.room_reader


def visible_or_404(slug: str, add: Add | None = None) -> Any:
    """Return the row of a room, or answer 404 as if it had never been; `add` adds columns."""
    found = None
    if SLUG.fullmatch(slug):
        query = vacancies.described(rooms.by_slug(slug, reader()))
        query = add(query, reader()) if add else query
        found = db.session.execute(query).one_or_none()
    if found is None:
        abort(404)
    return found
