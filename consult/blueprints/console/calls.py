"""The open calls of the console: the list, one call, its publication, its end."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ... import access, clock, htmx
from ...access import requires
from ...domain import call_terms, local_times
from ...domain import open_calls as rules
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, sentence
from ...models import OpenCall
from ...queries import open_calls as queries
from ...queries import paging
from ...services import call_parts, call_publication, splits
from ..open_calls import load
from .blueprint import actor, bp
from .call_forms import CancelForm, ExtendForm
from .fields import attempt

PLACES = {
    "edit": "console.edit_call",
    "envelopes": "console.envelopes",
    "principles": "console.principles",
}


def managed_call(slug: str, action: str = "call.manage") -> OpenCall:
    """Return a call for those who run it: 404 when it is not visible, else 403."""
    call = load.visible_or_404(slug)
    access.check(action, call=call)
    return call


@bp.get("/open-calls")
@requires("console.open")
def calls() -> ResponseReturnValue:
    """List the calls that one runs."""
    query = paging.after(
        queries.run_by(load.reader()),
        queries.CREATED,
        descending=True,
        cursor_text=request.args.get("cursor"),
    )
    rows, after = paging.cut(db.session.execute(query).all(), lambda row: (row.created_at, row.id))
    now = clock.now()
    return render_template(
        "console/calls.html",
        rows=[(row, rules.phase(row, now)) for row in rows],
        labels=rules.LABELS,
        next_url=url_for("console.calls", cursor=after) if after else None,
    )


@bp.get("/open-calls/<slug>")
@requires("call.manage")
def open_call(slug: str) -> ResponseReturnValue:
    """Show what a call lacks, and what can be done."""
    return _overview(managed_call(slug))


@bp.post("/open-calls/<slug>/publish")
@requires("call.manage")
def publish_call(slug: str) -> ResponseReturnValue:
    """Publish and lock the terms, or say again what is missing."""
    call = managed_call(slug)
    try:
        call_publication.publish(db.session(), call, actor=actor(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return _overview(call, sentence(broken)), broken.status
    db.session.commit()
    flash(gettext("The call is published. Its terms are locked."), "success")
    return htmx.see_other("console.open_call", slug=slug)


@bp.route("/open-calls/<slug>/extend", methods=["GET", "POST"])
@requires("call.manage")
def extend_call(slug: str) -> ResponseReturnValue:
    """Close later, with a reason that everyone reads."""
    call = managed_call(slug)
    form = ExtendForm(request.form if request.method == "POST" else None)
    if request.method == "GET":
        rules.require(call, frozenset({rules.COMING, rules.OPEN}), clock.now())
        form.closes_at.data = local_times.write(call.closes_at, call.time_zone)
        return render_template("console/call_extend.html", form=form, call=call)

    def act() -> None:
        call_publication.extend(
            db.session(),
            call,
            closes_at=local_times.read(form.closes_at.data, call.time_zone),
            reason=form.reason.clean,
            actor=actor(),
            now=clock.now(),
        )

    if status := attempt(form, act):
        return render_template("console/call_extend.html", form=form, call=call), status
    flash(gettext("The call closes later."), "success")
    return htmx.see_other("console.open_call", slug=slug)


@bp.route("/open-calls/<slug>/cancel", methods=["GET", "POST"])
@requires("call.manage")
def cancel_call(slug: str) -> ResponseReturnValue:
    """Give a published call up, with a reason that everyone reads."""
    call = managed_call(slug)
    form = CancelForm(request.form if request.method == "POST" else None)
    if request.method == "GET":
        return render_template("console/call_cancel.html", form=form, call=call)

    def act() -> None:
        reason, now = form.reason.clean, clock.now()
        call_publication.cancel(db.session(), call, reason=reason, actor=actor(), now=now)

    if status := attempt(form, act):
        return render_template("console/call_cancel.html", form=form, call=call), status
    flash(gettext("The call is given up."), "success")
    return htmx.see_other("console.open_call", slug=slug)


@bp.post("/open-calls/<slug>/delete")
@requires("call.manage")
def delete_call(slug: str) -> ResponseReturnValue:
    """Delete a draft."""
    call = managed_call(slug)
    try:
        call_publication.delete_draft(db.session(), call, actor=actor(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return _overview(call, sentence(broken)), broken.status
    db.session.commit()
    flash(gettext("The draft is deleted."), "success")
    return htmx.see_other("accounts.space")


def _overview(call: OpenCall, refusal: str = "") -> str:
    now = clock.now()
    state = call_parts.state(db.session(), call)
    points = call_terms.points(state, now)
    return render_template(
        "console/call.html",
        call=call,
        state=state,
        phase=rules.phase(call, now),
        labels=rules.LABELS,
        points=points,
        is_ready=all(point.met for point in points if point.required),
        rules=call_terms.RULES,
        total=sum(one.amount_cents for one in state.envelopes),
        places=PLACES,
        refusal=refusal,
        is_split=splits.latest(db.session(), call.id) is not None,
    )
