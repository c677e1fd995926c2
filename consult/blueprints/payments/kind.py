"""Help in kind of a call: equipment lent, rooms, trainings; recorded and given back."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires
from ...domain import in_kind
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, sentence
from ...models import OpenCall
from ...queries import project_reports as queries
from ...services import awards_in_kind
from ..open_calls import load
from . import board
from .routes import bp, managed

PAGE = "payments.in_kind_of"
FIELDS = ("project_id", "kind", "what", "quantity", "begins_on", "ends_on")


@bp.get("/open-calls/<slug>/in-kind")
@requires("payment.manage")
def in_kind_of(slug: str) -> ResponseReturnValue:
    """List the help in kind of a call, and record more."""
    return _page(managed(slug))


@bp.post("/open-calls/<slug>/in-kind")
@requires("payment.manage")
def add_in_kind(slug: str) -> ResponseReturnValue:
    """Record a help in kind."""
    call, me, typed = managed(slug), account(), request.form.get
    lent = awards_in_kind.Lent(
        typed("kind"), typed("what"), typed("quantity"), typed("begins_on"), typed("ends_on")
    )
    project_id = typed("project_id", "") if load.KEY.fullmatch(typed("project_id", "")) else ""
    try:
        awards_in_kind.add(db.session(), call, project_id, lent, by=me, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return _page(managed(slug), broken)
    db.session.commit()
    flash(gettext("The help in kind is recorded."), "success")
    return htmx.see_other(PAGE, slug=slug)


@bp.post("/open-calls/<slug>/in-kind/<award_id>/given-back")
@requires("payment.manage")
def give_back(slug: str, award_id: str) -> ResponseReturnValue:
    """Write the day when equipment came back."""
    call, me = managed(slug), account()
    board.key(award_id)
    on = request.form.get("on")
    try:
        awards_in_kind.give_back(db.session(), call, award_id, on, by=me, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        if broken.status == 404:
            raise
        return _page(managed(slug), broken)
    db.session.commit()
    flash(gettext("The equipment is given back."), "success")
    return htmx.see_other(PAGE, slug=slug)


def _page(call: OpenCall, broken: RuleBroken | None = None) -> ResponseReturnValue:
    text = render_template(
        "payments/in_kind.html",
        call=call,
        rows=db.session.execute(queries.in_kind(call.id)).all(),
        projects=db.session.execute(queries.takers(call.id)).all(),
        kinds=in_kind.KINDS,
        typed={name: plain(request.form.get(name, "")) for name in FIELDS},
        error=sentence(broken) if broken else "",
    )
    return text, broken.status if broken else 200


def plain(typed: str) -> str:
    """Return what was typed without what no page can hold."""
    return "".join(c for c in typed if c.isprintable() or c in "\n\r\t")
