"""Passkeys: added, named and removed in one's own space; enough to sign in, or the second step."""

from flask import flash, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx, site
from ...access import account as own
from ...access import public, requires, viewer
from ...domain.errors import RuleBroken
from ...domain.roles import PROTECTING
from ...extensions import db, limiter
from ...i18n import gettext as _
from ...i18n import sentence
from ...services import drafts, passkeys, passwords, proofs, second_steps
from . import asking, confirming, entrance, letters
from .routes import bp
from .second_steps import ask, halfway, of_account, show_codes
from .space import here

TRIES = "20 per minute;200 per hour"
STEP_TRIES = "10 per minute;30 per hour"


@bp.get("/account/passkeys")
@requires("account.manage")
def own_passkeys() -> ResponseReturnValue:
    """List one's own passkeys, and offer to add one."""
    return _page()


@bp.post("/account/passkeys/options")
@requires("account.manage")
@limiter.limit(TRIES)
def passkey_to_add() -> ResponseReturnValue:
    """Tell the browser what to make."""
    confirming.demand()
    name = site.settings()["site_name"]
    return jsonify(passkeys.to_add(db.session(), own(), asking.make(), site_name=name))


@bp.post("/account/passkeys")
@requires("account.manage")
@limiter.limit(TRIES)
def add_passkey() -> ResponseReturnValue:
    """Keep the passkey that the browser made; a role that needs a second step has it now."""
    account, now = own(), clock.now()
    name, sent = request.form.get("name", ""), request.form.get("credential", "")
    try:
        confirming.demand()
        passkeys.add(db.session(), account, asking.taken(), sent, name=name, now=now)
    except RuleBroken as broken:
        db.session.commit()
        return _page(broken, name)
    letters.tell_access(account, "passkey")
    codes = []
    if second_steps.needs(account) and account.second_step not in PROTECTING:
        codes = second_steps.by_passkey(db.session(), account, here=here(), now=now)
    db.session.commit()
    if codes:
        return show_codes(codes)
    flash(_("Your passkey is added. You can sign in with it."), "success")
    return htmx.see_other("accounts.own_passkeys")


@bp.post("/account/passkeys/remove")
@requires("account.manage")
@limiter.limit(TRIES)
def remove_passkey() -> ResponseReturnValue:
    """Forget a passkey, unless it is the last proof of a role that needs one."""
    account, passkey_id = own(), request.form.get("passkey", "")
    try:
        confirming.demand()
        known = passkey_id if passkey_id.isascii() and passkey_id.isalnum() else ""
        passkeys.remove(db.session(), account, known, here=here(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        if broken.status == 404:
            raise
        return _page(broken)
    letters.tell_access(account, "passkey")
    db.session.commit()
    flash(_("This passkey is removed. It lets nobody in here any more."), "success")
    return htmx.see_other("accounts.own_passkeys")


@bp.post("/sign-in/passkey/options")
@public
@limiter.limit(TRIES)
def passkey_to_use() -> ResponseReturnValue:
    """Tell the browser what to sign: with a passkey of whoever is there, or with any it holds."""
    account = viewer().account
    if account is None:
        try:
            account, _participant = halfway()
        except RuleBroken:
            account = None
    return jsonify(passkeys.to_use(db.session(), account, asking.make()))


@bp.get("/sign-in/passkey")
@public
def passkey_form() -> ResponseReturnValue:
    """Offer to sign in with a passkey."""
    return _entrance()


@bp.post("/sign-in/passkey")
@public
@limiter.limit(TRIES)
def use_passkey() -> ResponseReturnValue:
    """Sign in with a passkey alone: one has it, and opens it with what one is or knows."""
    sent, now = request.form.get("credential", ""), clock.now()
    try:
        account = passkeys.use(db.session(), asking.taken(), sent, now=now)
    except RuleBroken as broken:
        db.session.commit()
        return _entrance(broken)
    passwords.record(db.session(), account, "account.signed-in", now=now, by="passkey")
    return entrance.let_in(account, viewer().participant_id)


@bp.post("/sign-in/second-step/passkey")
@public
@limiter.limit(STEP_TRIES)
@limiter.limit(STEP_TRIES, key_func=of_account)
def use_passkey_as_second_step() -> ResponseReturnValue:
    """Take a passkey as the second proof of whoever is halfway in."""
    account, participant_id = halfway()
    sent, now = request.form.get("credential", ""), clock.now()
    try:
        passkeys.use(db.session(), asking.taken(), sent, now=now, only=account.id)
    except RuleBroken as broken:
        db.session.commit()
        return ask(account, broken)
    return entrance.let_in(account, participant_id)


def _entrance(broken: RuleBroken | None = None) -> ResponseReturnValue:
    text = render_template(
        "accounts/sign_in_passkey.html", error=sentence(broken) if broken else ""
    )
    return text, broken.status if broken else 200


def _page(broken: RuleBroken | None = None, typed: str = "") -> ResponseReturnValue:
    account = own()
    text = render_template(
        "accounts/passkeys.html",
        account=account,
        passkeys=passkeys.held(db.session(), account.id),
        needed=second_steps.needs(account),
        fresh=proofs.is_fresh(db.session(), here(), now=clock.now()),
        typed=drafts.plain(typed),
        error=sentence(broken) if broken else "",
    )
    return text, broken.status if broken else 200
