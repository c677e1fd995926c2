"""What a consultation says of itself."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires
from ...extensions import db
from ...i18n import gettext
from ...models import Consultation
from ...services import consultations
from . import choices
from .blueprint import actor, bp, managed
from .fields import Stored, attempt
from .forms import EditForm


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


def _offer(form: EditForm, consultation: Consultation) -> None:
    form.follows_id.offer(choices.earlier(consultation))


def _stored(consultation: Consultation) -> Stored:
    stored = consultations.values_of(db.session(), consultation)
    return stored, consultations.stamp(stored)


def _edit(form: EditForm, consultation: Consultation) -> str:
    _offer(form, consultation)
    form.follows_id.data = form.follows_id.data or ""
    return render_template(
        "console/edit.html",
        form=form,
        consultation=consultation,
        is_open=any(field.errors for field in list(form)[4:]),
    )
