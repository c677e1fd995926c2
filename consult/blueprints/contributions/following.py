"""The page where a tracking number, or this browser, leads to what one sent."""

from collections.abc import Sequence
from typing import Any

from flask import Response, abort, redirect, request
from flask.typing import ResponseReturnValue

from ... import htmx
from ...access import requires, viewer
from ...domain.errors import RuleBroken
from ...domain.second_readings import CONTESTED
from ...extensions import db, limiter
from ...i18n import sentence
from ...models import Consultation, Contribution
from ...queries import contributions as queries
from ...services import contributions, credits, drafts, reports
from ..answers import followed, lives, load, qr
from ..consultations import became
from ..consultations import load as load_consultations
from ..second_readings import reasons
from .routes import bp


@bp.get("/follow-up")
@requires("contribution.follow_up")
def ask() -> ResponseReturnValue:
    """Ask for a number; show what this browser sent."""
    return form(request.args.get("number", "")[:40])


def form(typed: str, broken: RuleBroken | None = None) -> ResponseReturnValue:
    """Render the field for a number, with what is wrong when something is."""
    rows = db.session.execute(
        queries.statements_of(viewer().participant_id, followed.contributions())
    ).all()
    response = followed.quiet(
        htmx.render(
            "contributions/follow_up.html",
            "contributions/_number.html",
            typed=drafts.plain(typed),
            error=sentence(broken) if broken else "",
            statements=rows,
            became=became.of_texts(rows),
            verdict_of=became.verdict,
        )
    )
    response.status_code = broken.status if broken else 200
    return response


@bp.post("/follow-up")
@requires("contribution.follow_up")
@limiter.limit("20 per minute")
def find() -> ResponseReturnValue:
    """Look a number up, and remember it in this browser's session alone."""
    typed = request.form.get("number", "")
    try:
        contribution = contributions.by_number(db.session(), typed)
    except RuleBroken as broken:
        return of_report(typed) or form(typed[:40], broken)
    followed.add(contribution.id)
    return htmx.see_other("contributions.show", contribution_id=contribution.id)


def of_report(typed: str) -> Response | None:
    """Lead to the report of a number, None when it is of none."""
    try:
        report = reports.by_number(db.session(), typed)
    except RuleBroken:
        return None
    followed.add_report(report.id)
    return htmx.see_other("reports.show", report_id=report.id)


@bp.get("/follow-up/<contribution_id>")
@requires("contribution.follow_up")
def show(contribution_id: str) -> ResponseReturnValue:
    """Show all that a contribution holds, and where each text stands."""
    return page(own_or_404(contribution_id))


def page(contribution: Contribution, error: str = "", typed: str | None = None) -> Response:
    """Render what a contribution holds, and the choice to be thanked by name."""
    rows = db.session.execute(queries.statements_of(None, [contribution.id])).all()
    held = became.of_texts(rows)
    consultation = db.session.get_one(Consultation, contribution.consultation_id)
    contested = [row.id for row in rows if row.state in CONTESTED]
    text = htmx.render(
        "contributions/show.html",
        "contributions/_statements.html",
        contribution=contribution,
        consultation=consultation,
        given=reasons.among(contested, consultation),
        statements=[
            {
                "row": row,
                "life": lives.steps(row, row.time_zone, held[row.id].reply),
                "became": held[row.id],
            }
            for row in rows
        ],
        verdict_of=became.verdict,
        picture=qr.of_number(contribution.tracking_number or ""),
        begun=_begun(contribution),
        credit=credits.find(db.session(), contribution),
        credit_error=error,
        credit_typed=None if typed is None else drafts.plain(typed[:200]),
    )
    return followed.quiet(text)


@bp.post("/follow-up/<contribution_id>/drafts")
@requires("contribution.follow_up")
def take_up(contribution_id: str) -> ResponseReturnValue:
    """Take up on this device the texts begun elsewhere by whoever has this number."""
    contribution = own_or_404(contribution_id)
    consultation = load_consultations.visible_by_id_or_404(contribution.consultation_id)
    begun = _begun(contribution)
    if not begun:
        abort(404)
    drafts.take_up(
        db.session(),
        source=contribution.participant_id,
        participant_id=load.actor().participant_id,
        targets=[row.target for row in begun],
    )
    db.session.commit()
    first = begun[0]
    return redirect(load.address(consultation.slug, first.theme_number, first.number), 303)


def _begun(contribution: Contribution) -> Sequence[Any]:
    """Return the texts begun with this number on another device."""
    if contribution.participant_id == viewer().participant_id:
        return []
    return db.session.execute(queries.begun(contribution.id)).all()


def own_or_404(contribution_id: str) -> Any:
    """Return a contribution of the reader's own, or answer 404."""
    load.key_or_404(contribution_id)
    found = db.session.get(Contribution, contribution_id)
    participant = viewer().participant_id
    if found is None:
        abort(404)
    if found.id not in followed.contributions() and found.participant_id != participant:
        abort(404)
    return found
