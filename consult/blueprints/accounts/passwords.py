"""A password for those who want one: asked for beside the link, kept in one's own space."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account as own
from ...access import public, requires, viewer
from ...domain import clean
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext as _
from ...i18n import ngettext, sentence
from ...models import Account
from ...services import accounts, drafts, passwords, proofs
from . import entrance, letters
from .routes import bp
from .space import here

TRIES_FROM_HERE = "10 per minute;60 per hour"
TRIES_OF_ACCOUNT = "60 per hour"


def of_account() -> str:
    """Return the mark of the address typed: tries at one account count wherever they come from."""
    try:
        address = clean.email(request.form.get("email", ""))
    except RuleBroken:
        address = ""
    return f"password:{accounts.digest(address)}"


@bp.get("/sign-in/password")
@public
def password_form() -> ResponseReturnValue:
    """Ask for an address and a password."""
    return _entrance()


@bp.post("/sign-in/password")
@public
@limiter.limit(TRIES_FROM_HERE)
@limiter.limit(TRIES_OF_ACCOUNT, key_func=of_account)
def use_password() -> ResponseReturnValue:
    """Sign in with a password; whether the address is known does not show."""
    typed = request.form.get("email", "")
    try:
        address = clean.email(typed, required="email-unreadable")
        account = passwords.sign_in(
            db.session(), address, request.form.get("password", ""), now=clock.now()
        )
    except RuleBroken as broken:
        return _entrance(broken, typed)
    return entrance.enter(account, viewer().participant_id)


def _entrance(broken: RuleBroken | None = None, typed: str = "") -> ResponseReturnValue:
    text = htmx.render(
        "accounts/sign_in_password.html",
        "accounts/_sign_in_password.html",
        error=sentence(broken) if broken else "",
        field="email" if broken and broken.code == "email-unreadable" else "password",
        typed=drafts.plain(typed),
    )
    return text, broken.status if broken else 200


@bp.get("/account/password")
@requires("account.manage")
def own_password() -> ResponseReturnValue:
    """Show the form to set, change or remove one's password."""
    return _own_page()


@bp.post("/account/password")
@requires("account.manage")
@limiter.limit(TRIES_FROM_HERE)
def choose_password() -> ResponseReturnValue:
    """Set or change one's password, and end one's sessions elsewhere."""
    account, now = own(), clock.now()
    try:
        _confirm(account)
        closed = passwords.choose(
            db.session(), account, here=here(), typed=request.form.get("password", ""), now=now
        )
    except RuleBroken as broken:
        db.session.rollback()
        return _own_page(broken)
    letters.tell_access(account, "password")
    db.session.commit()
    flash(_("Your password is saved."), "success")
    if closed:
        flash(ngettext("%(num)s session is closed.", "%(num)s sessions are closed.", closed))
    return htmx.see_other("accounts.space")


@bp.post("/account/password/remove")
@requires("account.manage")
@limiter.limit(TRIES_FROM_HERE)
def remove_password() -> ResponseReturnValue:
    """Remove one's password: a link is enough again."""
    account = own()
    try:
        _confirm(account)
    except RuleBroken as broken:
        db.session.rollback()
        return _own_page(broken)
    if passwords.remove(db.session(), account, here=here(), now=clock.now()):
        letters.tell_access(account, "password")
        flash(_("Your password is removed. A link is enough to sign in."), "success")
    db.session.commit()
    return htmx.see_other("accounts.space")


def _confirm(account: Account) -> None:
    current = request.form.get("current", "")
    proofs.confirm(db.session(), account, here=here(), current=current, now=clock.now())


def _own_page(broken: RuleBroken | None = None) -> ResponseReturnValue:
    text = render_template(
        "accounts/password.html",
        account=own(),
        fresh=proofs.is_fresh(db.session(), here(), now=clock.now()),
        error=sentence(broken) if broken else "",
        field="current" if broken and broken.code == "confirm-who" else "password",
    )
    return text, broken.status if broken else 200
