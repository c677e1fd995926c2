"""The board of payments: what is to pay, to whom; one press marks a payment as made."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires
from ...domain import bank_accounts, days
from ...domain.errors import RuleBroken
from ...domain.kinds import N_
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...models import OpenCall, PayingAccount
from ...queries import paging, projects
from ...queries import payments as queries
from ...services import payments
from ..accounts import confirming
from ..open_calls import load
from .routes import ACCOUNT, bp, managed, typed

PAGE = "payments.board"
STATES = {
    "to_pay": N_("To pay"),
    "sent": N_("Asked of the bank"),
    "paid": N_("Paid"),
    "returned": N_("Came back"),
}


@bp.get("/open-calls/<slug>/payments")
@requires("payment.manage")
def board(slug: str) -> ResponseReturnValue:
    """Show what is to pay, what is paid, and what to do next."""
    return page(managed(slug))


@bp.post("/open-calls/<slug>/payments/prepare")
@requires("payment.manage")
def prepare(slug: str) -> ResponseReturnValue:
    """Write what is to pay by the decision in force."""
    call, me = managed(slug), account()

    def act() -> str:
        payments.plan(db.session(), call, actor=f"account:{me.id}", now=clock.now())
        return gettext("The payments are ready.")

    return attempt(call, act, shown=False)


@bp.post("/open-calls/<slug>/payments/<payment_id>/paid")
@requires("payment.manage")
@limiter.limit("600 per hour")
def mark_paid(slug: str, payment_id: str) -> ResponseReturnValue:
    """Write that a payment was made."""
    call, me = managed(slug), account()
    key(payment_id)
    made = payments.Made(request.form.get("on"), request.form.get("reference"))

    def act() -> str:
        payments.mark_paid(db.session(), call, payment_id, made, by=me, now=clock.now())
        return gettext("The payment is marked as made.")

    return attempt(call, act)


@bp.post("/open-calls/<slug>/payments/<payment_id>/returned")
@requires("payment.manage")
@limiter.limit("600 per hour")
def mark_returned(slug: str, payment_id: str) -> ResponseReturnValue:
    """Write that a payment came back, and why."""
    call, me, reason = managed(slug), account(), request.form.get("reason")
    key(payment_id)

    def act() -> str:
        payments.mark_returned(db.session(), call, payment_id, reason, by=me, now=clock.now())
        return gettext("The payment came back. It is to pay again.")

    return attempt(call, act)


def key(typed: str) -> None:
    """Answer 404 for what cannot be the key of anything."""
    if not load.KEY.fullmatch(typed):
        abort(404)


def attempt(call: OpenCall, act: Callable[[], str], *, shown: bool = True) -> ResponseReturnValue:
    """Do something with money after a fresh proof of who acts, and go back to the board."""
    slug = call.slug
    try:
        if shown:
            confirming.shown()
        said = act()
    except RuleBroken as broken:
        db.session.rollback()
        if broken.status == 404:
            raise
        return page(managed(slug), broken)
    db.session.commit()
    flash(said, "success")
    return htmx.see_other(PAGE, slug=slug)


def page(call: OpenCall, broken: RuleBroken | None = None) -> ResponseReturnValue:
    """Render the board, with what went wrong."""
    me, session, now = account(), db.session(), clock.now()
    rows, after = paging.cut(
        session.execute(queries.board(call.id, request.args.get("cursor"))).all(),
        _keys,
        paging.MOST,
    )
    paying = session.get(PayingAccount, call.id)
    text = render_template(
        "payments/board.html",
        call=call,
        rows=rows,
        standing=payments.standing(session, call),
        own=set(session.scalars(projects.conflicting(me.id, call.id))),
        files=session.scalars(queries.files(call.id)).all(),
        paying=paying,
        paying_iban=bank_accounts.masked(paying.iban) if paying else "",
        states=STATES,
        masked=bank_accounts.masked,
        today=days.today(now, call.time_zone),
        me=me,
        fresh=confirming.is_fresh(),
        next_url=f"/open-calls/{call.slug}/payments?cursor={after}" if after else None,
        typed=typed("on", "reference", "reason", *ACCOUNT),
        error=sentence(broken) if broken else "",
    )
    return text, broken.status if broken else 200


def _keys(row: Any) -> tuple[int, int, str]:
    return row.number, row.Payment.position, row.Payment.id
