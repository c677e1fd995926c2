"""The themes of a consultation: the organiser's number, title and order."""

from collections.abc import Callable

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires
from ...extensions import db
from ...i18n import gettext
from ...models import Consultation, Theme
from ...services import consultations, themes
from .blueprint import actor, bp, managed, part
from .fields import Stored, attempt
from .forms import ThemeForm


@bp.route("/consultations/<slug>/themes/new", methods=["GET", "POST"])
@requires("consultation.manage")
def new_theme(slug: str) -> ResponseReturnValue:
    """Add a theme."""
    consultation = managed(slug)
    if request.method == "GET":
        label = themes.next_label(db.session(), consultation)
        return _page(ThemeForm(data={"label": label}), consultation)
    form = ThemeForm(request.form)
    return _saved(
        form,
        consultation,
        lambda: themes.add(
            db.session(), consultation, values=form.values(), actor=actor(), now=clock.now()
        ),
    )


@bp.route("/consultations/<slug>/themes/<theme_id>", methods=["GET", "POST"])
@requires("consultation.manage")
def theme(slug: str, theme_id: str) -> ResponseReturnValue:
    """Change a theme."""
    consultation = managed(slug)
    found = part(Theme, consultation, theme_id)
    if request.method == "GET":
        stored, version = _stored(found)
        form = ThemeForm(data={**stored, "version": version})
        return _page(form, consultation, found)
    form = ThemeForm(request.form)
    return _saved(
        form,
        consultation,
        lambda: themes.revise(
            db.session(),
            found,
            values=form.values(),
            version=form.version.data or "",
            actor=actor(),
            now=clock.now(),
        ),
        found,
    )


@bp.post("/consultations/<slug>/themes/<theme_id>/move")
@requires("consultation.manage")
def move_theme(slug: str, theme_id: str) -> ResponseReturnValue:
    """Put a theme one place up or down."""
    found = part(Theme, managed(slug), theme_id)
    up = request.form.get("direction") == "up"
    themes.move(db.session(), found, up=up, actor=actor(), now=clock.now())
    db.session.commit()
    return htmx.see_other("console.consultation", slug=slug, _anchor=f"theme-{found.id}")


@bp.post("/consultations/<slug>/themes/<theme_id>/delete")
@requires("consultation.manage")
def delete_theme(slug: str, theme_id: str) -> ResponseReturnValue:
    """Take a theme away, as long as nobody wrote there."""
    found = part(Theme, managed(slug), theme_id)
    themes.remove(db.session(), found, actor=actor(), now=clock.now())
    db.session.commit()
    flash(gettext("The theme is removed."), "success")
    return htmx.see_other("console.consultation", slug=slug)


def _saved(
    form: ThemeForm,
    consultation: Consultation,
    act: Callable[[], object],
    found: Theme | None = None,
) -> ResponseReturnValue:
    slug = consultation.slug
    if status := attempt(form, act, (lambda: _stored(found)) if found else None):
        return _page(form, consultation, found), status
    flash(gettext("Saved."), "success")
    return htmx.see_other("console.consultation", slug=slug)


def _stored(found: Theme) -> Stored:
    stored = themes.values_of(found)
    return stored, consultations.stamp(stored)


def _page(form: ThemeForm, consultation: Consultation, found: Theme | None = None) -> str:
    return render_template("console/theme.html", form=form, consultation=consultation, theme=found)
