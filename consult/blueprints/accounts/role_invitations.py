"""Accepting a role; looking at the letter's link changes nothing."""

from flask import flash, render_template, session, url_for
from flask.typing import ResponseReturnValue

from ... import clock
from ...access import public, viewer
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...services import role_holders
from . import entrance
from .routes import bp


@bp.get("/role-invitations/<token>")
@public
@limiter.limit(entrance.PER_MINUTE)
def look_at_role(token: str) -> ResponseReturnValue:
    """Show which role one is invited to, and the button that accepts."""
    return _page(token)


@bp.post("/role-invitations/<token>")
@public
@limiter.limit(entrance.PER_MINUTE)
def accept_role(token: str) -> ResponseReturnValue:
    """Accept, and be signed in as the address that got the letter."""
    try:
        account = role_holders.accept(db.session(), token, reader=viewer().account, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return _page(token, broken)
    session["next"] = url_for("accounts.space")
    response = entrance.enter(account, None)
    flash(gettext("You have this role now."), "success")
    return response


def _page(token: str, broken: RuleBroken | None = None) -> ResponseReturnValue:
    found = role_holders.waiting(db.session(), token, now=clock.now())
    text = render_template(
        "accounts/role_invitation.html",
        token=token,
        found=found,
        refusal=sentence(broken) if broken and found else "",
    )
    status = broken.status if broken else 200 if found else 422
    return text, status, {"Referrer-Policy": "no-referrer"}
