"""Agreeing to be thanked by name in the synthesis, or no longer."""

from flask import flash, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext as _
from ...i18n import sentence
from ...services import credits
from .following import own_or_404, page
from .routes import bp


@bp.post("/follow-up/<contribution_id>/credit")
@requires("contribution.follow_up")
def give_credit(contribution_id: str) -> ResponseReturnValue:
    """Keep the choice of whoever has this number."""
    contribution = own_or_404(contribution_id)
    typed = request.form.get("credit_name", "")
    agrees = request.form.get("credit") == "yes"
    try:
        thanked = credits.give(
            db.session(), contribution, agrees=agrees, name=typed, now=clock.now()
        )
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        response = page(own_or_404(contribution_id), sentence(broken), typed)
        response.status_code = broken.status
        return response
    yes, no = _("Your name will be in the summary."), _("Your name will not be in the summary.")
    flash(yes if thanked else no, "success")
    return htmx.see_other("contributions.show", contribution_id=contribution_id)
