"""A draft text pasted whole: cut into its articles, looked over, then put to opinions."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires
from ...domain import articles
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import ngettext
from ...models import Consultation, Theme
from ...services import proposals
from . import choices
from .blueprint import actor, bp, managed, part
from .fields import attempt
from .forms import LawForm


@bp.route("/consultations/<slug>/articles", methods=["GET", "POST"])
@requires("consultation.manage")
def articles_of(slug: str) -> ResponseReturnValue:
    """Paste a text, see its articles, then add them to a theme."""
    consultation = managed(slug)
    posted = request.method == "POST"
    form = LawForm(request.form if posted else None)
    form.theme_id.offer(choices.themes(consultation))
    if not posted:
        return _page(form, consultation)
    if not form.validate():
        return _page(form, consultation), 422
    try:
        found = proposals.preview(form.text.data)
    except RuleBroken as broken:
        form.refuse(broken)
        return _page(form, consultation), broken.status
    if "confirm" not in request.form:
        return _page(form, consultation, found)
    theme = part(Theme, consultation, form.theme_id.data)
    made: list[int] = []

    def act() -> None:
        added = proposals.create(
            db.session(), theme, found.articles, actor=actor(), now=clock.now()
        )
        made.append(len(added))

    if status := attempt(form, act):
        return _page(form, consultation, found), status
    flash(ngettext("%(num)s article added.", "%(num)s articles added.", made[0]), "success")
    return htmx.see_other("console.consultation", slug=slug)


def _page(form: LawForm, consultation: Consultation, found: articles.Split | None = None) -> str:
    return render_template(
        "console/articles.html", form=form, consultation=consultation, found=found
    )
