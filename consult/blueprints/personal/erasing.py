"""Erasing one's own account: what goes and what stays is said first, then one button does it."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, security, shared
from ...access import account as own
from ...access import requires
from ...domain import erasures as rules
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext as _
from ...i18n import sentence
from ...services import erasures, leaving, proofs
from ..accounts import confirming
from ..accounts.space import here
from . import afterwards
from .bp import bp


@bp.get("/account/erase")
@requires("account.manage")
def about_erasing() -> ResponseReturnValue:
    """Say what goes and what stays, and what must be handed over first."""
    return _page()


@bp.post("/account/erase")
@requires("account.manage")
@limiter.limit("10 per hour")
def erase() -> ResponseReturnValue:
    """Erase one's account at once and for good."""
    account, now = own(), clock.now()
    number, email = account.id, account.email
    texts = request.form.get("texts", "")
    try:
        confirming.demand()
        gone = erasures.erase(db.session(), number, texts=texts, actor=f"account:{number}", now=now)
    except RuleBroken as broken:
        db.session.rollback()
        return _page(broken)
    afterwards.tell(gone, email, texts)
    security.sign_out()
    db.session.commit()
    afterwards.keep([gone])
    flash(_("Your account is erased. You will get one last letter."), "success")
    return shared.leave("/")


def _page(broken: RuleBroken | None = None) -> ResponseReturnValue:
    account, now = own(), clock.now()
    text = render_template(
        "personal/erase.html",
        account=account,
        obstacles=[sentence(one) for one in leaving.obstacles(db.session(), account, now=now)],
        labels=rules.LABELS,
        chosen=request.form.get("texts", ""),
        fresh=proofs.is_fresh(db.session(), here(), now=now),
        error=sentence(broken) if broken else "",
    )
    return text, broken.status if broken else 200
