"""Offering help to a project, without an account; taking the offer back."""

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires, viewer
from ...domain import clean
from ...domain import projects as rules
from ...domain.kinds import N_
from ...extensions import db, limiter
from ...i18n import gettext
from ...models import HelpOffer
from ...services import help_offers
from ..console.fields import ConsoleForm, Line, Radios, Text, attempt
from . import load
from .routes import bp


class HelpForm(ConsoleForm):
    """What someone offers, and how to reach them."""

    PLACES = {
        "help-kind-unknown": "kind",
        "help-name-missing": "name",
        "help-contact-missing": "contact",
    }
    kind = Radios(N_("What do you offer?"), offered=list(rules.HELP.items()))
    body = Text(N_("Say more"), lambda raw: clean.text(raw, help_offers.WORDS_LIMIT), optional=True)
    name = Line(
        N_("Your name"),
        lambda raw: clean.line(raw, help_offers.NAME_LIMIT, required="help-name-missing"),
    )
    contact = Line(
        N_("How to reach you"),
        lambda raw: clean.line(raw, help_offers.CONTACT_LIMIT, required="help-contact-missing"),
        description=N_("A phone number or an e-mail address. Only those who carry it read this."),
    )


@bp.route("/projects/<project_id>/help", methods=["GET", "POST"])
@requires("help.offer")
@limiter.limit("10 per hour", methods=["POST"])
def offer_help(project_id: str) -> ResponseReturnValue:
    """Ask what someone offers, and keep it for those who carry the project."""
    found = load.visible_or_404(project_id)
    if not found.is_public:
        abort(404)
    form = HelpForm(request.form if request.method == "POST" else None)

    def act() -> None:
        help_offers.offer(
            db.session(), found.project, viewer().take_part(), form.values(), now=clock.now()
        )

    status = attempt(form, act) if request.method == "POST" else 200
    if status:
        return render_template("projects/help.html", form=form, project=found.project), status
    flash(gettext("Thank you. Those who carry the project will reach you."), "success")
    return htmx.see_other("projects.show", project_id=project_id)


@bp.post("/projects/<project_id>/help/<offer_id>/withdraw")
@requires("help.offer")
def withdraw_help(project_id: str, offer_id: str) -> ResponseReturnValue:
    """Take one's own offer back."""
    found = load.visible_or_404(project_id)
    offered = db.session.get(HelpOffer, offer_id) if load.ID.fullmatch(offer_id) else None
    theirs = offered is not None and offered.participant_id == viewer().participant_id
    if offered is None or offered.project_id != found.project.id or not theirs:
        abort(404)
    help_offers.withdraw(db.session(), offered, now=clock.now())
    db.session.commit()
    flash(gettext("Your offer is taken back."), "success")
    return htmx.see_other("projects.show", project_id=project_id)
