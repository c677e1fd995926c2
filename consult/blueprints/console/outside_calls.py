"""The board of calls that others run: what one told, changed, withdrew."""

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ... import access, clock, htmx
from ...access import account, requires
from ...extensions import db
from ...i18n import gettext
from ...models import OutsideCall
from ...queries import outside_calls as queries
from ...queries import paging
from ...services import consultations, outside_calls
from .blueprint import actor, bp, key_or_404
from .call_forms import OutsideCallForm
from .fields import Stored, attempt


@bp.get("/outside-calls")
@requires("outside_call.write")
def told_calls() -> ResponseReturnValue:
    """List the outside calls that one told; all of them for an administrator."""
    query = paging.after(
        queries.told_by(_whose()),
        queries.FIRST_TO_CLOSE,
        descending=False,
        cursor_text=request.args.get("cursor"),
    )
    rows, after = paging.cut(db.session.execute(query).all(), lambda row: (row.ends_on, row.id))
    return render_template(
        "console/outside_calls.html",
        rows=rows,
        next_url=url_for("console.told_calls", cursor=after) if after else None,
    )


@bp.route("/new-outside-call", methods=["GET", "POST"])
@requires("outside_call.write")
def new_outside_call() -> ResponseReturnValue:
    """Tell of a call that someone else runs."""
    form = OutsideCallForm(request.form if request.method == "POST" else None)
    if request.method == "GET":
        return render_template("console/outside_call.html", form=form, told=None)

    def act() -> None:
        outside_calls.add(
            db.session(), values=form.values(), account_id=account().id, now=clock.now()
        )

    if status := attempt(form, act):
        return render_template("console/outside_call.html", form=form, told=None), status
    flash(gettext("The call is on the board."), "success")
    return htmx.see_other("console.told_calls")


@bp.route("/outside-calls/<outside_id>", methods=["GET", "POST"])
@requires("outside_call.write")
def edit_outside_call(outside_id: str) -> ResponseReturnValue:
    """Change what is told of a call."""
    told = _told(outside_id)
    if request.method == "GET":
        stored, version = _stored(told)
        form = OutsideCallForm(data={**stored, "version": version})
        return render_template("console/outside_call.html", form=form, told=told)
    form = OutsideCallForm(request.form)

    def act() -> None:
        outside_calls.revise(
            db.session(),
            told,
            values=form.values(),
            version=form.version.data or "",
            actor=actor(),
            now=clock.now(),
        )

    if status := attempt(form, act, lambda: _stored(told)):
        return render_template("console/outside_call.html", form=form, told=told), status
    flash(gettext("Saved."), "success")
    return htmx.see_other("console.told_calls")


@bp.post("/outside-calls/<outside_id>/withdraw")
@requires("outside_call.write")
def withdraw_outside_call(outside_id: str) -> ResponseReturnValue:
    """Take a call off the board."""
    outside_calls.withdraw(db.session(), _told(outside_id), actor=actor(), now=clock.now())
    db.session.commit()
    flash(gettext("The call is off the board."), "success")
    return htmx.see_other("console.told_calls")


def _whose() -> str | None:
    return None if access.viewer().may("platform.manage") else account().id


def _told(outside_id: str) -> OutsideCall:
    """Return an outside call: missing when withdrawn, forbidden when someone else told it."""
    told = db.session.get(OutsideCall, key_or_404(outside_id))
    if told is None or told.withdrawn_at is not None:
        abort(404)
    if _whose() not in (None, told.account_id):
        abort(403)
    return told


def _stored(told: OutsideCall) -> Stored:
    stored = outside_calls.values_of(told)
    return OutsideCallForm.typed(stored), consultations.stamp(stored)
