"""Erasing what an address leads to, for someone who asked by letter or by telephone."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires
from ...domain import clean
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...services import drafts, erasures, proofs
from ..accounts import space
from ..personal import afterwards
from .blueprint import bp


@bp.get("/erasures")
@requires("platform.manage")
def ask_erasure() -> ResponseReturnValue:
    """Ask whose data is to be erased, and what becomes of their texts."""
    return _page()


@bp.post("/erasures")
@requires("platform.manage")
@limiter.limit("30 per hour")
def erase_person() -> ResponseReturnValue:
    """Erase what an address leads to, at once and for good."""
    me, now, form = account(), clock.now(), request.form
    email, texts = form.get("email", ""), form.get("texts", "")
    try:
        proofs.confirm(
            db.session(), me, here=space.here(), current=form.get("current", ""), now=now
        )
        if form.get("sure") != "on":
            raise RuleBroken("asker-unsure")
        gone = erasures.by_address(db.session(), email, texts=texts, by=me, now=now)
    except RuleBroken as broken:
        db.session.rollback()
        return _page(broken)
    afterwards.tell(gone, clean.email(email), texts)
    db.session.commit()
    afterwards.keep([gone])
    flash(gettext("It is erased. One last letter leaves for this address."), "success")
    return htmx.see_other("console.ask_erasure")


def _page(broken: RuleBroken | None = None) -> ResponseReturnValue:
    text = render_template(
        "console/erasures.html",
        me=account(),
        typed=drafts.plain(request.form.get("email", "")),
        chosen=request.form.get("texts", ""),
        fresh=proofs.is_fresh(db.session(), space.here(), now=clock.now()),
        error=sentence(broken) if broken else "",
        unproven=broken is not None and broken.code == "confirm-who",
    )
    return text, broken.status if broken else 200
