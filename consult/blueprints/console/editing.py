"""What a consultation says of itself, and who is on its list."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires
from ...extensions import db
from ...i18n import gettext, ngettext
from ...models import Consultation
from ...services import consultations, listed
from . import choices
from .blueprint import actor, bp, managed
from .fields import attempt
from .forms import EditForm, ListedForm


@bp.route("/consultations/<slug>/edit", methods=["GET", "POST"])
@requires("consultation.manage")
def edit(slug: str) -> ResponseReturnValue:
    """Change the title, who asks and why, and under Advanced all the rest."""
    consultation = managed(slug)
    stored = consultations.values_of(db.session(), consultation)
    if request.method == "GET":
        form = EditForm(data={**stored, "version": consultations.stamp(stored)})
        return _edit(form, consultation)
    form = EditForm(request.form)
    _offer(form, consultation)

    def act() -> None:
        consultations.revise(
            db.session(),
            consultation,
            values=form.values(),
            version=form.version.data or "",
            actor=actor(),
            now=clock.now(),
        )

    status = attempt(form, act)
    if status == 409:
        stored = consultations.values_of(db.session(), consultation)
        form.compare(stored, consultations.stamp(stored))
    if status:
        return _edit(form, consultation), status
    flash(gettext("Saved."), "success")
    return htmx.see_other("console.consultation", slug=slug)


@bp.route("/consultations/<slug>/people", methods=["GET", "POST"])
@requires("consultation.manage")
def people(slug: str) -> ResponseReturnValue:
    """Say who may answer a consultation kept to a list."""
    consultation = managed(slug)
    if request.method == "GET":
        stored = listed.of(db.session(), consultation)
        data = {"people": "\n".join(stored), "version": consultations.stamp({"listed": stored})}
        return _people(ListedForm(data=data), consultation)
    form = ListedForm(request.form)
    numbers: list[tuple[int, int]] = []

    def act() -> None:
        numbers.append(
            listed.replace(
                db.session(),
                consultation,
                raw=form.people.data,
                version=form.version.data or "",
                actor=actor(),
                now=clock.now(),
            )
        )

    status = attempt(form, act)
    if status == 409:
        stored = listed.of(db.session(), consultation)
        form.compare({"people": "\n".join(stored)}, consultations.stamp({"listed": stored}))
    if status:
        return _people(form, consultation), status
    added, removed = numbers[0]
    told = ngettext("%(num)s person added.", "%(num)s people added.", added)
    gone = ngettext("%(num)s person removed.", "%(num)s people removed.", removed)
    flash(f"{told} {gone}", "success")
    return htmx.see_other("console.consultation", slug=slug)


def _offer(form: EditForm, consultation: Consultation) -> None:
    form.follows_id.offer(choices.earlier(consultation))


def _edit(form: EditForm, consultation: Consultation) -> str:
    _offer(form, consultation)
    form.follows_id.data = form.follows_id.data or ""
    return render_template(
        "console/edit.html",
        form=form,
        consultation=consultation,
        is_open=any(field.errors for field in list(form)[4:]),
    )


def _people(form: ListedForm, consultation: Consultation) -> str:
    return render_template("console/people.html", form=form, consultation=consultation)
