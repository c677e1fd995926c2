"""The accounts elsewhere that are linked to one's own: each linked and unlinked by a button."""

from flask import flash, render_template, request, session
from flask.typing import ResponseReturnValue

from ... import clock, htmx, sso
from ...access import account as own
from ...access import requires
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext as _
from ...i18n import sentence
from ...services import identities, proofs, spent
from . import confirming, letters, provider
from .routes import bp
from .space import here

TRIES = "20 per minute;100 per hour"


@bp.get("/account/identities")
@requires("account.manage")
def own_identities() -> ResponseReturnValue:
    """Show what is linked, and what the provider has just vouched for."""
    return _page()


@bp.post("/account/identities/link")
@requires("account.manage")
@limiter.limit(TRIES)
def link_identity() -> ResponseReturnValue:
    """Link to one's own account whom the provider has just vouched for."""
    provider.known()
    account, now = own(), clock.now()
    try:
        confirming.demand()
        who, number = provider.vouched()
        spent.spend(db.session(), number, now=now)
        identities.link(db.session(), account, who, now=now)
    except RuleBroken as broken:
        db.session.rollback()
        return _page(broken)
    letters.tell_access(account, "identity")
    db.session.commit()
    session.pop("vouched", None)
    flash(_("The link is made. You can sign in this way from now on."), "success")
    return htmx.see_other("accounts.own_identities")


@bp.post("/account/identities/forget")
@requires("account.manage")
def forget_identity() -> ResponseReturnValue:
    """Refuse the link that is offered."""
    session.pop("vouched", None)
    return htmx.see_other("accounts.own_identities")


@bp.post("/account/identities/unlink")
@requires("account.manage")
@limiter.limit(TRIES)
def unlink_identity() -> ResponseReturnValue:
    """Remove a link: this way in is closed."""
    account, identity_id = own(), request.form.get("identity", "")
    try:
        confirming.demand()
        known = identity_id if identity_id.isascii() and identity_id.isalnum() else ""
        identities.unlink(db.session(), account, known, here=here(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        if broken.status == 404:
            raise
        return _page(broken)
    letters.tell_access(account, "identity")
    db.session.commit()
    flash(_("The link is removed."), "success")
    return htmx.see_other("accounts.own_identities")


def _page(broken: RuleBroken | None = None) -> ResponseReturnValue:
    account, to = own(), sso.provider()
    held = identities.linked(db.session(), account.id)
    text = render_template(
        "accounts/identities.html",
        account=account,
        provider=to,
        linked=held,
        waiting=_waiting() if to and not held else None,
        fresh=proofs.is_fresh(db.session(), here(), now=clock.now()),
        error=sentence(broken) if broken else "",
    )
    return text, broken.status if broken else 200


def _waiting() -> identities.Vouched | None:
    """Return whom the provider vouched for in this browser, while it can be linked."""
    try:
        return provider.vouched()[0]
    except RuleBroken:
        return None
