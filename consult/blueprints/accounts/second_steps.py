"""The second step: asked for after the link or the password, set up in one's own space."""

from datetime import datetime, timedelta

import segno
from flask import flash, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from ... import clock, htmx, security, site
from ...access import account as own
from ...access import public, requires
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext as _
from ...i18n import sentence
from ...models import Account
from ...services import proofs, second_steps
from . import entrance, letters
from .routes import bp
from .space import here

TRIES = "10 per minute;30 per hour"
TIME_LEFT = timedelta(minutes=10)


def halfway() -> tuple[Account, str | None]:
    """Return who has shown a first proof a moment ago, or raise second-step-ended (409)."""
    account_id, participant_id, since = session.get("half", ("", None, ""))
    account = db.session.get(Account, account_id) if account_id else None
    late = not since or datetime.fromisoformat(since) < clock.now() - TIME_LEFT
    if account is None or late:
        raise RuleBroken("second-step-ended", 409)
    return account, participant_id


def of_account() -> str:
    """Return the mark of the account whose second step is tried."""
    return f"second-step:{session.get('half', ('',))[0]}"


@bp.get("/sign-in/second-step")
@public
def ask_second_step() -> ResponseReturnValue:
    """Ask for the code of the application, a passkey, or a printed code."""
    try:
        account, _participant = halfway()
    except RuleBroken:
        return htmx.see_other("accounts.sign_in")
    return ask(account)


@bp.post("/sign-in/second-step")
@public
@limiter.limit(TRIES)
@limiter.limit(TRIES, key_func=of_account)
def use_second_step() -> ResponseReturnValue:
    """Sign in with the second proof; a wrong one is written in the journal."""
    account, participant_id = halfway()
    try:
        second_steps.check(db.session(), account, request.form.get("code", ""), now=clock.now())
    except RuleBroken as broken:
        db.session.commit()
        return ask(account, broken)
    return entrance.let_in(account, participant_id)


def ask(account: Account, broken: RuleBroken | None = None) -> ResponseReturnValue:
    """Render the page that asks for the second proof of an account."""
    text = htmx.render(
        "accounts/ask_second_step.html",
        "accounts/_ask_second_step.html",
        step=account.second_step,
        has_passkey=second_steps.has_passkey(db.session(), account),
        error=sentence(broken) if broken else "",
    )
    return text, broken.status if broken else 200


@bp.get("/account/second-step")
@requires("account.manage")
def second_step() -> ResponseReturnValue:
    """Show what is asked for at sign-in, and the ways to change it."""
    return _page()


@bp.post("/account/second-step/app")
@requires("account.manage")
@limiter.limit(TRIES)
def begin_app() -> ResponseReturnValue:
    """Make the picture that an application reads."""
    try:
        _confirm()
        second_steps.begin(db.session(), own(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return _page(broken)
    db.session.commit()
    return redirect("/account/second-step", 303)


@bp.post("/account/second-step/app/confirm")
@requires("account.manage")
@limiter.limit(TRIES)
def confirm_app() -> ResponseReturnValue:
    """Switch the application on with its first code, and show the codes to print."""
    account = own()
    try:
        _confirm()
        codes = second_steps.confirm(
            db.session(), account, request.form.get("code", ""), here=here(), now=clock.now()
        )
    except RuleBroken as broken:
        db.session.rollback()
        return _page(broken)
    letters.tell_access(account, "second_step")
    db.session.commit()
    return show_codes(codes)


@bp.post("/account/second-step/passkey")
@requires("account.manage")
@limiter.limit(TRIES)
def ask_for_passkey() -> ResponseReturnValue:
    """Ask for a passkey at each sign-in from now on, and show the codes to print."""
    account = own()
    try:
        _confirm()
        codes = second_steps.by_passkey(db.session(), account, here=here(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return _page(broken)
    letters.tell_access(account, "second_step")
    db.session.commit()
    return show_codes(codes)


@bp.post("/account/second-step/codes")
@requires("account.manage")
@limiter.limit(TRIES)
def print_codes() -> ResponseReturnValue:
    """Show new codes to print, this once."""
    account = own()
    try:
        _confirm()
    except RuleBroken as broken:
        db.session.rollback()
        return _page(broken)
    codes = second_steps.print_codes(db.session(), account, here=here(), now=clock.now())
    letters.tell_access(account, "second_step")
    db.session.commit()
    return show_codes(codes)


@bp.post("/account/second-step/remove")
@requires("account.manage")
@limiter.limit(TRIES)
def remove_second_step() -> ResponseReturnValue:
    """Remove the second step, unless a role needs it."""
    account = own()
    try:
        _confirm()
        second_steps.remove(db.session(), account, here=here(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return _page(broken)
    letters.tell_access(account, "second_step")
    db.session.commit()
    if account.second_step:
        flash(_("The application is removed. Your passkey is asked for instead."), "success")
    else:
        flash(_("The second step is removed."), "success")
    return htmx.see_other("accounts.space")


def _confirm() -> None:
    current = request.form.get("current", "")
    proofs.confirm(db.session(), own(), here=here(), current=current, now=clock.now())


def show_codes(codes: list[str]) -> str:
    """Render the page of the codes to print; they are shown this once."""
    target = security.safe_path(session.pop("next", None))
    return render_template(
        "accounts/codes.html", codes=codes, target=target if target != "/" else "/account"
    )


def _page(broken: RuleBroken | None = None) -> ResponseReturnValue:
    account = own()
    secret = second_steps.pending(db.session(), account)
    text = render_template(
        "accounts/second_step.html",
        account=account,
        needed=second_steps.needs(account),
        has_passkey=second_steps.has_passkey(db.session(), account),
        fresh=proofs.is_fresh(db.session(), here(), now=clock.now()),
        left=second_steps.left(db.session(), account),
        secret=secret,
        **(_offered(secret, account.email) if secret else {}),
        error=sentence(broken) if broken else "",
        field="current" if broken and broken.code == "confirm-who" else "code",
    )
    return text, broken.status if broken else 200


def _offered(secret: str, email: str) -> dict[str, str]:
    """Return the address that an application reads, and its picture for another device."""
    address = second_steps.address(secret, email, site.settings()["site_name"])
    code = segno.make(address, error="m", micro=False)
    picture = str(code.svg_data_uri(scale=4, border=2, dark="#000", light="#fff"))
    return {"address": address, "picture": picture}
