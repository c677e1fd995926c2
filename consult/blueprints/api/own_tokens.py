"""One's own tokens: made, shown once, revoked."""

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from ... import access, clock, htmx
from ...access import requires
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, sentence
from ...models import Account
from ...services import drafts, tokens
from ..accounts import confirming
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
    """Make a token and show its secret, this once, to someone who has just shown who they are."""
    name = request.form.get("name", "")
    try:
        confirming.demand()
        _token, secret = tokens.issue(db.session(), account=_own(), name=name, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return _page(typed=drafts.plain(name), broken=broken), broken.status
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


def _page(*, secret: str = "", typed: str = "", broken: RuleBroken | None = None) -> str:
    return htmx.render(
        PAGE,
        PAGE,
        account=_own(),
        tokens=tokens.held(db.session(), _own().id),
        secret=secret,
        typed=typed,
        fresh=confirming.is_fresh(),
        error=sentence(broken) if broken else "",
        wrong="tokens" if broken and broken.code == "confirm-who" else "name",
    )
