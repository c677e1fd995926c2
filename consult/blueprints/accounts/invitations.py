"""Accepting to organise a consultation; looking at the letter's link changes nothing."""

from flask import flash, render_template, session, url_for
from flask.typing import ResponseReturnValue

from ... import clock
from ...access import public, viewer
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...services import organisers
from . import entrance
from .routes import bp


@bp.get("/invitations/<token>")
@public
@limiter.limit(entrance.PER_MINUTE)
def look_at_invitation(token: str) -> ResponseReturnValue:
    """Show what one is invited to, and the button that accepts."""
    return _page(token)


@bp.post("/invitations/<token>")
@public
@limiter.limit(entrance.PER_MINUTE)
def accept_invitation(token: str) -> ResponseReturnValue:
    """Accept, and be signed in as the address that got the letter."""
    reader = viewer().account
    try:
        account, consultation = organisers.accept(
            db.session(), token, reader=reader, now=clock.now()
        )
    except RuleBroken as broken:
        db.session.rollback()
        return _page(token, broken)
    session["next"] = url_for("console.consultation", slug=consultation.slug)
    response = entrance.enter(account, None)
    flash(gettext("You organise this consultation now."), "success")
    return response


def _page(token: str, broken: RuleBroken | None = None) -> ResponseReturnValue:
    found = organisers.waiting(db.session(), token, now=clock.now())
    text = render_template(
        "accounts/invitation.html",
        token=token,
        found=found,
        refusal=sentence(broken) if broken and found else "",
    )
    status = broken.status if broken else 200 if found else 422
    return text, status, {"Referrer-Policy": "no-referrer"}
