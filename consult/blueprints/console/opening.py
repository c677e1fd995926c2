"""Opening a consultation: a template, three words about it, two dates, then its page."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx, i18n
from ...access import account, requires
from ...domain import local_times, templates
from ...domain.errors import RuleBroken
from ...extensions import db
from ...models import Consultation
from ...queries import console
from ...services import consultations, publication
from . import choices
from .blueprint import actor, bp, managed
from .fields import attempt
from .forms import DatesForm, WhoForm


@bp.get("/consultations/new")
@requires("consultation.create")
def new() -> ResponseReturnValue:
    """Screen 1, the templates; with one chosen, screen 2, who asks and why."""
    name = request.args.get("template", "")
    if not name:
        return render_template("console/templates.html", templates=templates.in_order())
    form = WhoForm(data={"asked_by": _habits().get("asked_by", "")})
    return _who(form, name)


@bp.post("/consultations/new")
@requires("consultation.create")
def create() -> ResponseReturnValue:
    """Make the draft, then go on to its dates."""
    name = request.form.get("template", "")
    found = templates.template(name)
    form = WhoForm(request.form)
    made: list[Consultation] = []

    def act() -> None:
        values = {**_habits(), **form.values(), "starter": _in_words(found)}
        consultation = consultations.create(
            db.session(), owner_id=account().id, template=name, values=values, now=clock.now()
        )
        made.append(consultation)

    if status := attempt(form, act):
        return _who(form, name), status
    return htmx.see_other("console.dates", slug=made[0].slug)


@bp.route("/consultations/<slug>/dates", methods=["GET", "POST"])
@requires("consultation.manage")
def dates(slug: str) -> ResponseReturnValue:
    """Screen 3: when it opens and closes, in a named time zone."""
    consultation = managed(slug)
    if request.method == "GET":
        return _dates(_filled(consultation), consultation)
    form = DatesForm(request.form)
    _offer(form)
    status = _schedule(form, consultation)
    if not status:
        return htmx.see_other("console.consultation", slug=slug)
    return _dates(form, consultation), status


def _schedule(form: DatesForm, consultation: Consultation) -> int:
    if not form.validate():
        return 422
    zone = choices.zone_of(form.territory_code.data, form.time_zone.data)
    wanted = form.read(zone)
    if wanted is None:
        return 422
    try:
        publication.schedule(
            db.session(),
            consultation,
            dates=wanted,
            version=form.version.data or "",
            actor=actor(),
            now=clock.now(),
        )
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        form.refuse(broken)
        if broken.code == "stale":
            filled = _filled(consultation)
            form.compare(filled.data, filled.version.data or "")
        return broken.status
    return 0


def _filled(consultation: Consultation) -> DatesForm:
    """Fill the form from what is stored, the dates as typed in their zone."""
    stored = publication.schedule_of(consultation)
    zone = consultation.time_zone
    typed: dict[str, Any] = {
        name: local_times.write(stored[name], zone) for name in DatesForm.DATES
    }
    own = choices.zone_of(consultation.territory_code, choices.OWN_ZONE)
    form = DatesForm(
        data={
            **typed,
            "territory_code": consultation.territory_code or "",
            "time_zone": choices.OWN_ZONE if zone == own else zone,
            "version": consultations.stamp(stored),
        }
    )
    _offer(form)
    return form


def _offer(form: DatesForm) -> None:
    form.time_zone.offer(choices.zones())


def _dates(form: DatesForm, consultation: Consultation) -> str:
    return render_template(
        "console/dates.html",
        form=form,
        consultation=consultation,
        is_advanced=any(form[name].errors for name in ("territory_code", "time_zone")),
    )


def _who(form: WhoForm, name: str) -> str:
    return render_template(
        "console/who.html", form=form, template=templates.template(name), name=name
    )


def _habits() -> dict[str, Any]:
    """Return what the organiser said the last time: who asks, where, whom to call."""
    row = db.session.execute(console.habits(account().id)).mappings().first()
    return dict(row) if row else {}


def _in_words(template: templates.ConsultationTemplate) -> list[templates.StarterTheme]:
    """Return the first themes of a template in the organiser's language."""
    return [
        templates.StarterTheme(
            theme.label,
            i18n.gettext(theme.title),
            tuple(q._replace(wording=i18n.gettext(q.wording)) for q in theme.questions),
        )
        for theme in template.STARTER
    ]
