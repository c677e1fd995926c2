"""Whoever a vote elects says whether they take the seat: a page, two buttons, one answer."""

from flask import flash, request
from flask.typing import ResponseReturnValue

from ... import access, clock, htmx
from ...access import requires
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext
from ...services import elections
from . import load
from .routes import bp

ACCEPT, DECLINE = "accept", "decline"


@bp.post("/polls/<poll_id>/election")
@requires("poll.vote")
@limiter.limit("30 per minute")
def answer(poll_id: str) -> ResponseReturnValue:
    """Take the seat that a vote gives, or leave it."""
    load.visible_or_404(poll_id)
    said = request.form.get("answer", "")
    if said not in (ACCEPT, DECLINE):
        raise RuleBroken("election-answer")
    who, accepts, now = access.account().id, said == ACCEPT, clock.now()
    elections.answer(db.session(), poll_id, account_id=who, accepts=accepts, now=now)
    db.session.commit()
    done = gettext("The seat is yours.") if accepts else gettext("Noted: you do not take it.")
    flash(done, "success")
    return htmx.see_other("polls.show", poll_id=poll_id)
