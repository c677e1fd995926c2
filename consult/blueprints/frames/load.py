"""Find what a room sent down for whoever reads; what they may not know of is missing."""

from typing import Any

from flask import abort

from ...extensions import db
from ...models import Frame
from ...queries import frames
from ..rooms import load


def visible_or_404(frame_id: str) -> Any:
    """Return the row of a frame, or answer 404 as if it had never been."""
    found = None
    if load.ID.fullmatch(frame_id):
        found = db.session.execute(frames.one(frame_id, load.reader())).one_or_none()
    if found is None:
        abort(404)
    return found


def of_room_or_404(frame_id: str, room_id: str) -> Frame:
    """Return a frame sent down by a room, or answer 404."""
    row = visible_or_404(frame_id)
    if row.room_id != room_id:
        abort(404)
    return db.session.get_one(Frame, frame_id)
