"""What people wrote, read in full by the organiser: published, sent back or hidden."""

from collections.abc import Sequence
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires
from ...domain import moderation as rules
from ...domain import similarity
from ...domain.kinds import N_
from ...extensions import db
from ...i18n import gettext
from ...models import Statement
from ...queries import console, paging
from ...queries import moderation as queues
from ...services import moderation
from . import letters
from .blueprint import actor, bp, managed, statement_of

DONE = {
    "published": N_("The text is published."),
    "hidden": N_("The text is hidden. Its author is told why."),
    "to_correct": N_("The author is asked to correct the text."),
}
STATES = {
    "pending": N_("To read"),
    "to_correct": N_("To correct"),
    "hidden": N_("Texts hidden"),
    "published": N_("Texts published"),
}


@bp.get("/consultations/<slug>/moderation")
@requires("answer.moderate")
def moderation_of(slug: str) -> ResponseReturnValue:
    """Show the texts of a state in full, the oldest first."""
    consultation = managed(slug, "answer.moderate")
    state = request.args.get("state", "pending")
    state = state if state in STATES else "pending"
    groups = _groups(consultation.id) if state == "pending" else {}
    together = groups.get(request.args.get("like", ""), [])
    queue = queues.queue(consultation.id, state)
    query = paging.after(
        queue.where(Statement.id.in_(together)) if together else queue,
        console.OLDEST,
        descending=False,
        cursor_text=request.args.get("cursor"),
    )
    rows, after = paging.cut(db.session.execute(query).all(), lambda row: (row.created_at, row.id))
    like = request.args["like"] if together else None
    more = url_for("console.moderation_of", slug=slug, state=state, like=like, cursor=after)
    return render_template(
        "console/moderation.html",
        consultation=consultation,
        rows=_gathered(rows, groups),
        groups=groups,
        together=together,
        state=state,
        states=STATES,
        counts={row.state: row[1] for row in db.session.execute(queues.counts(consultation.id))},
        reasons=rules.REASONS,
        decisions=rules.DECISIONS[state],
        next_url=more if after else None,
    )


def _groups(consultation_id: str) -> dict[str, list[str]]:
    """Return, for each waiting text sent several times or nearly, the ids of all of them."""
    rows = db.session.execute(queues.words(consultation_id, "pending"))
    found = similarity.repeated((row.id, row.search) for row in rows)
    return {name: names for names in found for name in names}


def _gathered(rows: Sequence[Any], groups: dict[str, list[str]]) -> list[Any]:
    """Return a page's texts with those that say the same one after the other."""
    places = {row.id: place for place, row in enumerate(rows)}

    def first(row: Any) -> int:
        return min(places[name] for name in groups.get(row.id, [row.id]) if name in places)

    return sorted(rows, key=first)


@bp.post("/statements/<statement_id>/decision")
@requires("answer.moderate")
def decision(statement_id: str) -> ResponseReturnValue:
    """Decide about one text; whoever comes second is told so (409)."""
    statement, consultation = statement_of(statement_id, "answer.moderate")
    seen = request.form.get("seen", "")
    moderation.decide(
        db.session(),
        statement,
        choice=moderation.Decision(
            decision=request.form.get("decision", ""),
            reason=request.form.get("reason", ""),
            seen=seen,
        ),
        actor=actor(),
        now=clock.now(),
    )
    letters.decided(statement, consultation)
    db.session.commit()
    flash(gettext(DONE[statement.state]), "success")
    return htmx.see_other(
        "console.moderation_of",
        slug=consultation.slug,
        state=seen if seen in STATES else None,
        like=request.form.get("like") or None,
    )
