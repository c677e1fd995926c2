"""Accepting to act for an organisation; looking at the letter's link changes nothing."""

from flask import flash, render_template, session, url_for
from flask.typing import ResponseReturnValue

from ... import clock
from ...access import public, viewer
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...services import mandates
from ..accounts import entrance
from .routes import bp


@bp.get("/organisation-invitations/<token>")
@public
@limiter.limit(entrance.PER_MINUTE)
def look(token: str) -> ResponseReturnValue:
    """Show for which organisation one is invited to act, and the button that accepts."""
    return _page(token)


@bp.post("/organisation-invitations/<token>")
@public
@limiter.limit(entrance.PER_MINUTE)
def accept(token: str) -> ResponseReturnValue:
    """Accept, and be signed in as the address that got the letter."""
    reader = viewer().account
    try:
        account, organisation = mandates.accept(db.session(), token, reader=reader, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return _page(token, broken)
    session["next"] = url_for("organisations.members", slug=organisation.slug)
    response = entrance.enter(account, None)
    flash(gettext("You act for this organisation now."), "success")
    return response


def _page(token: str, broken: RuleBroken | None = None) -> ResponseReturnValue:
    found = mandates.waiting(db.session(), token, now=clock.now())
    text = render_template(
        "organisations/invitation.html",
        token=token,
        found=found,
        refusal=sentence(broken) if broken and found else "",
    )
    status = broken.status if broken else 200 if found else 422
    return text, status, {"Referrer-Policy": "no-referrer"}
