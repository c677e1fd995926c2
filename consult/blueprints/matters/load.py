"""Find a matter for whoever reads: what they may not know of is as good as missing."""

from typing import Any

from flask import abort

from ... import access, clock
from ...extensions import db
from ...queries import matter_pages
from ...services import matter_rights
from ..rooms import load as rooms


def visible_or_404(matter_id: str) -> Any:
    """Return the row of a matter, or answer 404 as if it had never been."""
    found = None
    if rooms.ID.fullmatch(matter_id):
        query = matter_pages.shown(matter_id, rooms.reader())
        found = db.session.execute(query).one_or_none()
    if found is None:
        abort(404)
    return found


def hands(*room_ids: str) -> matter_rights.Hands:
    """Return the rooms that the reader acts for: those they run, and those asleep among some."""
    reader = access.viewer()
    if reader.account is None or not reader.may("matter.act"):
        return matter_rights.Hands()
    return matter_rights.hands(db.session(), reader.account.id, room_ids, now=clock.now())


def acting_or_403(room_id: str) -> None:
    """Refuse whoever does not act for a room."""
    if not rooms.ID.fullmatch(room_id) or room_id not in hands(room_id):
        abort(403)
