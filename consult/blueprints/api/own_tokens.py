"""One's own tokens: made, shown once, revoked."""

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from ... import access, clock, htmx
from ...access import requires
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, sentence
from ...models import Account
from ...services import tokens
from .page import bp

PAGE = "api/tokens.html"


@bp.get("/account/tokens")
@requires("account.manage")
def own_tokens() -> ResponseReturnValue:
    """List one's own tokens, and offer to make one."""
    return _page()


@bp.post("/account/tokens")
@requires("account.manage")
def make_token() -> ResponseReturnValue:
    """Make a token and show its secret, this once."""
    name = request.form.get("name", "")
    try:
        _token, secret = tokens.issue(db.session(), account=_own(), name=name, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return _page(typed=name.replace("\x00", ""), error=sentence(broken)), broken.status
    db.session.commit()
    return _page(secret=secret)


@bp.post("/account/tokens/revoke")
@requires("account.manage")
def revoke_token() -> ResponseReturnValue:
    """Revoke one of one's own tokens."""
    token_id = request.form.get("token", "")
    known = token_id.isascii() and token_id.isalnum() and len(token_id) <= tokens.ID_LIMIT
    if known and tokens.revoke(db.session(), account=_own(), token_id=token_id, now=clock.now()):
        flash(gettext("This token no longer works."), "success")
    db.session.commit()
    return redirect("/account/tokens", 303)


def _own() -> Account:
    account = access.viewer().account
    if account is None:
        raise RuleBroken("account-shut-out", 403)
    return account


def _page(*, secret: str = "", typed: str = "", error: str = "") -> str:
    held = tokens.held(db.session(), _own().id)
    return htmx.render(PAGE, PAGE, tokens=held, secret=secret, typed=typed, error=error)
