"""Who is quoted by name: who is to be told, who was, and who contests."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from ... import access, clock
from ...access import requires
from ...extensions import db
from ...i18n import gettext, ngettext
from ...queries import extracts as queries
from ...services import extracts, quoting, syntheses
from . import quoted_letters
from .blueprint import bp
from .reading_load import ACTION, consultation_of


@bp.get("/consultations/<slug>/reading/quoted")
@requires(ACTION)
def reading_quoted(slug: str) -> ResponseReturnValue:
    """Show who is quoted by name, who is to be told, and who contests."""
    consultation, session, now = consultation_of(slug), db.session(), clock.now()
    synthesis = syntheses.find(session, consultation)
    rows = session.execute(queries.to_tell(consultation.id)).all()
    return render_template(
        "console/reading_quoted.html",
        consultation=consultation,
        to_tell=[row for row in rows if row.email],
        without=[row for row in rows if not row.email],
        contested=extracts.contested(session, synthesis.id, now) if synthesis else [],
        waiting=quoting.waiting(session, synthesis.id, now) if synthesis else 0,
    )


@bp.post("/consultations/<slug>/reading/quoted")
@requires(ACTION)
def reading_letters(slug: str) -> ResponseReturnValue:
    """Write to the people who are quoted by name and were not told yet."""
    consultation, now = consultation_of(slug), clock.now()
    told = quoting.tell(db.session(), consultation.id, by=access.account(), now=now)
    number = sum(quoted_letters.tell(row, now) for row in told)
    db.session.commit()
    if number:
        said = ngettext("%(num)s letter leaves.", "%(num)s letters leave.", number)
        flash(said, "success")
    else:
        flash(gettext("Nobody has to be told."), "info")
    return redirect(f"/console/consultations/{consultation.slug}/reading/quoted", 303)
