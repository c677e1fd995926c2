"""Showing once more who one is, before changing what lets someone in."""

from flask import render_template, request, session
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from ... import clock, htmx, security
from ...access import account as own
from ...access import requires
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import sentence
from ...services import passkeys, proofs, second_steps
from . import asking
from .routes import bp
from .space import here

TRIES = "10 per minute;60 per hour"


def demand() -> None:
    """Raise confirm-who (422) unless whoever is there has shown who they are a moment ago."""
    if not proofs.is_fresh(db.session(), here(), now=clock.now()):
        raise RuleBroken("confirm-who")


def shown() -> None:
    """Raise confirm-who (422) unless the last proof is fresh, or a new one is typed in the form."""
    current = request.form.get("current", "")
    proofs.confirm(db.session(), own(), here=here(), current=current, now=clock.now())


def is_fresh() -> bool:
    """Tell whether whoever is there has shown who they are a moment ago."""
    return proofs.is_fresh(db.session(), here(), now=clock.now())


@bp.get("/account/confirm")
@requires("account.manage")
def who() -> ResponseReturnValue:
    """Ask who is there, then go back where they were."""
    if target := request.args.get("next"):
        session["next"] = security.safe_path(target)
    if proofs.is_fresh(db.session(), here(), now=clock.now()):
        return _back()
    return _page()


@bp.post("/account/confirm")
@requires("account.manage")
@limiter.limit(TRIES)
def confirm() -> ResponseReturnValue:
    """Take a password, or a code of the second step."""
    current = request.form.get("current", "")
    try:
        proofs.confirm(db.session(), own(), here=here(), current=current, now=clock.now())
    except RuleBroken as broken:
        db.session.commit()
        return _page(broken)
    db.session.commit()
    return _back()


@bp.post("/account/confirm/passkey")
@requires("account.manage")
@limiter.limit(TRIES)
def confirm_by_passkey() -> ResponseReturnValue:
    """Take a passkey of one's own."""
    sent, now = request.form.get("credential", ""), clock.now()
    try:
        passkeys.use(db.session(), asking.taken(), sent, now=now, only=own().id)
    except RuleBroken as broken:
        db.session.commit()
        return _page(broken)
    proofs.renew(db.session(), here(), now=now)
    db.session.commit()
    return _back()


def _back() -> Response:
    target = security.safe_path(session.pop("next", None))
    if target == "/":
        return htmx.see_other("accounts.space")
    return htmx.see_path(target)


def _page(broken: RuleBroken | None = None) -> ResponseReturnValue:
    account = own()
    text = render_template(
        "accounts/confirm.html",
        account=account,
        has_passkey=second_steps.has_passkey(db.session(), account),
        error=sentence(broken) if broken else "",
    )
    return text, broken.status if broken else 200
