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
from .fields import Stored, attempt
from .forms import EditForm, ListedForm


@bp.route("/consultations/<slug>/edit", methods=["GET", "POST"])
@requires("consultation.manage")
def edit(slug: str) -> ResponseReturnValue:
    """Change the title, who asks and why, and under Advanced all the rest."""
    consultation = managed(slug)
    if request.method == "GET":
        stored, version = _stored(consultation)
        form = EditForm(data={**stored, "version": version})
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

    if status := attempt(form, act, lambda: _stored(consultation)):
        return _edit(form, consultation), status
    flash(gettext("Saved."), "success")
    return htmx.see_other("console.consultation", slug=slug)


@bp.route("/consultations/<slug>/people", methods=["GET", "POST"])
@requires("consultation.manage")
def people(slug: str) -> ResponseReturnValue:
    """Say who may answer a consultation kept to a list."""
    consultation = managed(slug)
    if request.method == "GET":
        stored, version = _listed(consultation)
        return _people(ListedForm(data={**stored, "version": version}), consultation)
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

    if status := attempt(form, act, lambda: _listed(consultation)):
        return _people(form, consultation), status
    added, removed = numbers[0]
    told = ngettext("%(num)s person added.", "%(num)s people added.", added)
    gone = ngettext("%(num)s person removed.", "%(num)s people removed.", removed)
    flash(f"{told} {gone}", "success")
    return htmx.see_other("console.consultation", slug=slug)


def _offer(form: EditForm, consultation: Consultation) -> None:
    form.follows_id.offer(choices.earlier(consultation))


def _stored(consultation: Consultation) -> Stored:
    stored = consultations.values_of(db.session(), consultation)
    return stored, consultations.stamp(stored)


def _listed(consultation: Consultation) -> Stored:
    people = listed.of(db.session(), consultation)
    return {"people": "\n".join(people)}, consultations.stamp({"listed": people})


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
