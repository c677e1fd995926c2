"""The common pots of the console: opened, fed, looked after by whoever opened them."""

from datetime import date
from functools import partial
from typing import Any

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import access, clock, htmx
from ...access import account, requires
from ...domain import clean, days
from ...domain.errors import RuleBroken
from ...domain.kinds import N_
from ...extensions import db
from ...i18n import gettext, sentence
from ...models import Pot
from ...queries import paging
from ...queries import pots as queries
from ...services import pots
from .blueprint import bp, key_or_404
from .call_forms import EXAMPLE, needed
from .fields import ConsoleForm, Line, Text, attempt

_FIELDS = pots.FIELDS


def _day(raw: object) -> date:
    return days.read(raw, required="date-missing") or date.min


class PotForm(ConsoleForm):
    """A common pot: its name and who keeps the money."""

    title = Line(N_("Title"), _FIELDS["title"])
    kept_by = Line(
        N_("Who keeps the money?"),
        _FIELDS["kept_by"],
        description=N_("Best is a neutral third party that those who pay trust."),
    )
    about = Text(N_("In a few words, what is it for?"), _FIELDS["about"], optional=True)


class PaidForm(ConsoleForm):
    """What an organisation paid in."""

    PLACES = {"amount-of-nothing": "amount_cents", "payment-day-future": "paid_on"}
    payer = Line(
        N_("Which organisation paid?"),
        partial(clean.line, limit=200, required="payer-missing"),
        description=N_("Its name is public, with what it paid."),
    )
    amount_cents = Line(N_("Amount"), needed, description=EXAMPLE)
    paid_on = Line(N_("Day of the payment"), _day)


def owner() -> str | None:
    """Return whose pots one looks after: one's own, all of them for an administrator."""
    return None if access.viewer().may("platform.manage") else account().id


@bp.get("/pots")
@requires("pot.manage")
def common_pots() -> ResponseReturnValue:
    """List the pots that one looks after, with what is left in each."""
    rows = db.session.execute(queries.standing(queries.looked_after(owner()))).all()
    return render_template("console/pots.html", rows=rows)


@bp.route("/new-pot", methods=["GET", "POST"])
@requires("pot.manage")
def new_pot() -> ResponseReturnValue:
    """Open a common pot."""
    form = PotForm(request.form if request.method == "POST" else None)
    made: list[Pot] = []

    def act() -> None:
        session, now = db.session(), clock.now()
        made.append(pots.create(session, values=form.values(), by=account(), now=now))

    if request.method == "GET":
        return render_template("console/pot_new.html", form=form)
    if status := attempt(form, act):
        return render_template("console/pot_new.html", form=form), status
    flash(gettext("The common pot is open."), "success")
    return htmx.see_other("console.pot", pot_id=made[0].id)


@bp.route("/pots/<pot_id>", methods=["GET", "POST"])
@requires("pot.manage")
def pot(pot_id: str) -> ResponseReturnValue:
    """Show what was paid into a pot, and write another payment."""
    found = _pot(pot_id)
    if request.method == "GET":
        today = days.today(clock.now(), "Europe/Paris").isoformat()
        return _page(found, PaidForm(data={"paid_on": today}))
    form = PaidForm(request.form)

    def act() -> None:
        given = form.values()
        paid = pots.Paid(given["payer"], given["amount_cents"], given["paid_on"])
        pots.receive(db.session(), found, paid, by=account(), now=clock.now())

    if status := attempt(form, act):
        return _page(found, form), status
    flash(gettext("The payment is written."), "success")
    return htmx.see_other("console.pot", pot_id=pot_id)


@bp.post("/pots/<pot_id>/payments/<payment_id>/delete")
@requires("pot.manage")
def delete_pot_payment(pot_id: str, payment_id: str) -> ResponseReturnValue:
    """Delete a payment written by mistake."""
    found, key = _pot(pot_id), key_or_404(payment_id)
    try:
        pots.take_back(db.session(), found, key, by=account(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        if broken.status == 404:
            raise
        return _page(_pot(pot_id), PaidForm(), sentence(broken)), broken.status
    db.session.commit()
    flash(gettext("The payment is deleted."), "success")
    return htmx.see_other("console.pot", pot_id=pot_id)


def _page(found: Pot, form: PaidForm, refusal: str = "") -> str:
    session = db.session()
    rows, after = paging.cut(
        session.execute(queries.payments(found.id, request.args.get("cursor"))).all(),
        lambda row: (row.PotPayment.paid_on, row.PotPayment.id),
    )
    values: dict[str, Any] = {
        "standing": session.execute(queries.standing(Pot.id == found.id)).one(),
        "next_url": f"/console/pots/{found.id}?cursor={after}#payments" if after else None,
    }
    return render_template(
        "console/pot.html", pot=found, form=form, rows=rows, refusal=refusal, **values
    )


def _pot(pot_id: str) -> Pot:
    """Return a pot: missing for no one's, forbidden when someone else looks after it."""
    found = db.session.get(Pot, key_or_404(pot_id))
    if found is None:
        abort(404)
    if owner() not in (None, found.owner_id):
        abort(403)
    return found
