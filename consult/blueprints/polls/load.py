"""Find a vote for whoever reads: that of a private room is as good as missing to others."""

from typing import Any

from flask import abort

from ... import access
from ...domain import ballots
from ...extensions import db
from ...queries import polls
from ..rooms import load


def visible_or_404(poll_id: str) -> Any:
    """Return the row of a vote with its room, or answer 404 as if it had never been."""
    found = None
    if load.ID.fullmatch(poll_id):
        found = db.session.execute(polls.visible(poll_id, load.reader())).one_or_none()
    # A kind that is no longer there cannot be shown.
    if found is None or found.Poll.kind not in ballots.KINDS:
        abort(404)
    return found


def elector(poll_id: str) -> Any:
    """Return what the reader is in a vote, None for someone who has no vote there."""
    account = access.viewer().account
    if account is None:
        return None
    return db.session.execute(polls.elector(poll_id, account.id)).one_or_none()
