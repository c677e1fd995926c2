"""My payment: those who carry a project say where the money goes, and see where it stands."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires
from ...domain import bank_accounts
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...models import BankDetails, OpenCall, Project
from ...queries import payments as queries
from ...services import bank_details
from ..accounts import confirming
from ..projects import letters
from .board import STATES
from .routes import ACCOUNT, bp, carried, typed, typed_account


@bp.get("/projects/<project_id>/payment")
@requires("project.write")
def mine(project_id: str) -> ResponseReturnValue:
    """Show what a project receives, when, and the account it goes to."""
    return _page(carried(project_id))


@bp.post("/projects/<project_id>/payment")
@requires("project.write")
@limiter.limit("20 per hour")
def give_details(project_id: str) -> ResponseReturnValue:
    """Keep the account that a project is paid to."""
    project, me = carried(project_id), account()
    before = db.session.get(BankDetails, project.id)
    is_change = before is not None and bool(before.iban)
    try:
        confirming.shown()
        bank_details.give(db.session(), project, typed_account(), by=me, now=clock.now())
        if is_change:
            letters.paid_elsewhere(db.session.get_one(OpenCall, project.call_id), project)
    except RuleBroken as broken:
        db.session.rollback()
        return _page(carried(project_id), broken)
    db.session.commit()
    flash(gettext("Your bank details are kept. Only those who pay see them."), "success")
    return htmx.see_other("payments.mine", project_id=project_id)


def _page(project: Project, broken: RuleBroken | None = None) -> ResponseReturnValue:
    session = db.session()
    kept = session.get(BankDetails, project.id)
    received = session.scalar(queries.received(project.id)) or 0
    rows = session.scalars(queries.of_project(project.id)).all()
    settled = sum(one.amount_cents for one in rows if one.state in ("sent", "paid"))
    text = render_template(
        "payments/mine.html",
        project=project,
        call=session.get_one(OpenCall, project.call_id),
        received=received,
        over=max(0, settled - received),
        payments=rows,
        known=kept,
        iban=bank_accounts.masked(kept.iban) if kept else "",
        states=STATES,
        me=account(),
        fresh=confirming.is_fresh(),
        typed=typed(*ACCOUNT),
        error=sentence(broken) if broken else "",
    )
    return text, broken.status if broken else 200
