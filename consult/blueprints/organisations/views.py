"""One page an organisation."""

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue

from ... import cache, clock, exposure
from ...access import account, requires, viewer
from ...domain import signatures
from ...extensions import db
from ...i18n import gettext
from ...queries import answers as queries
from ...queries import mandates, statements
from ...services import organisations
from ..consultations.load import reader
from .routes import bp, found


@bp.get("/organisations/<slug>")
@requires("consultation.read")
def show(slug: str) -> ResponseReturnValue:
    """List what an organisation signed, the newest first, and who acts for it and says so."""
    organisation = found(slug)
    cursor = request.args.get("cursor")
    query = queries.of_organisation(organisation.id, reader(), clock.now(), cursor)
    rows, after = statements.page(db.session.execute(query).all())
    members = db.session.execute(mandates.shown(organisation.id)).all()
    if not (rows or cursor or members or organisation.confirmed_at):
        abort(404)
    exposure.note([row.id for row in rows])
    official = (
        None if organisation.confirmed_at else organisations.alike(db.session(), organisation.name)
    )
    return cache.page(
        "organisations/show.html",
        organisation=organisation,
        answers=rows,
        members=members,
        official=official,
        may_confirm=viewer().may("organisation.confirm"),
        kinds=signatures.ACTOR_LABELS,
        next_url=f"/organisations/{slug}?cursor={after}" if after else None,
    )


@bp.post("/organisations/<slug>/confirm")
@requires("organisation.confirm")
def confirm(slug: str) -> ResponseReturnValue:
    """Say that an organisation is official, or no longer."""
    organisation = found(slug)
    official = request.form.get("official") == "yes"
    actor = f"account:{account().id}"
    organisations.confirm(
        db.session(), organisation, official=official, actor=actor, now=clock.now()
    )
    db.session.commit()
    flash(gettext("Saved."), "success")
    return redirect(f"/organisations/{slug}/members", 303)
