"""Why a text of one's own is not public, and asking that someone else read it again."""

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock
from ...access import requires
from ...domain import second_readings as rules
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext as _
from ...i18n import sentence
from ...services import drafts, second_readings
from ..answers import followed
from ..contributions import changing
from . import reasons
from .routes import bp


@bp.get("/statements/<statement_id>/second-reading")
@requires("contribution.follow_up")
def ask(statement_id: str) -> ResponseReturnValue:
    """Show what was decided about a text, and ask what its author answers."""
    row = changing.own_or_refuse(statement_id)
    given = reasons.of(row.Statement, row.Consultation)
    if given is None:
        raise RuleBroken("second-reading-nothing", 409)
    return page(row, given)


def page(row: Any, given: Any, broken: RuleBroken | None = None) -> ResponseReturnValue:
    """Render the form, or what became of the second reading already asked."""
    text = render_template(
        "second_readings/ask.html",
        statement=row.Statement,
        base=f"/statements/{row.Statement.id}",
        id=row.Statement.id,
        zone=row.Consultation.time_zone,
        given=given,
        most=rules.WORDS_LIMIT,
        typed=drafts.plain(request.form.get("words", "")),
        error=sentence(broken) if broken else "",
    )
    return followed.quiet(text), broken.status if broken else 200


@bp.post("/statements/<statement_id>/second-reading")
@requires("contribution.follow_up")
@limiter.limit("20 per minute")
def send(statement_id: str) -> ResponseReturnValue:
    """Ask for the second reading of the decision in force."""
    row = changing.own_or_refuse(statement_id)
    try:
        second_readings.ask(
            db.session(),
            row.Statement,
            words=request.form.get("words", ""),
            actor=f"participant:{row.Statement.participant_id}",
            now=clock.now(),
        )
    except RuleBroken as broken:
        db.session.rollback()
        given = reasons.of(row.Statement, row.Consultation)
        if broken.status != 422 or given is None:
            raise
        return page(row, given, broken)
    db.session.commit()
    flash(_("Your request is sent. Someone else will read your text."), "success")
    return changing.back(row.Statement)
