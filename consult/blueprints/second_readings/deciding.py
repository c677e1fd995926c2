"""The second readings that wait: the text whole, the first decision, what its author says."""

import re
from typing import Any

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires
from ...domain import moderation
from ...domain import second_readings as rules
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, sentence
from ...queries import paging
from ...queries import second_readings as queries
from ...services import drafts, second_readings
from ..moderation.routes import moderator
from ..moderation.words import headed
from ..moderation_log import words
from . import letters
from .routes import bp

_KEY = re.compile(r"[0-9A-Za-z]{1,18}")


@bp.get("/moderation/second-readings")
@requires("moderation.open")
def waiting() -> ResponseReturnValue:
    """List what one may read again, the first due first."""
    return page()


def page(broken: RuleBroken | None = None, wrong: str = "") -> ResponseReturnValue:
    """Render the list, with what was refused and what was typed."""
    query = queries.queue(moderator(), request.args.get("cursor"))
    rows, after = paging.cut(db.session.execute(query).all(), _keys)
    text = render_template(
        "second_readings/waiting.html",
        rows=rows,
        headed=headed,
        words=words,
        reasons=moderation.REASONS,
        states={"hidden": gettext("hidden"), "to_correct": gettext("to be corrected")},
        now=clock.now(),
        error=sentence(broken) if broken else "",
        wrong=wrong,
        typed=drafts.plain(request.form.get("reason", "")),
        chosen=request.form.get("outcome", ""),
        next_url=f"/moderation/second-readings?cursor={after}" if after else None,
    )
    return text, broken.status if broken else 200


def _keys(row: Any) -> tuple[Any, str]:
    return row.due_at, row.decision_id


@bp.post("/moderation/second-readings/<decision_id>")
@requires("moderation.open")
def decide(decision_id: str) -> ResponseReturnValue:
    """Confirm or change a decision; whoever took it may not (403)."""
    if not _KEY.fullmatch(decision_id):
        abort(404)
    verdict = second_readings.Verdict(
        request.form.get("outcome", ""), request.form.get("reason", "")
    )
    try:
        item, reading = second_readings.decide(
            db.session(), decision_id, verdict, by=moderator(), now=clock.now()
        )
    except RuleBroken as broken:
        db.session.rollback()
        if broken.status != 422:
            raise
        return page(broken, decision_id)
    letters.decided(item, reading)
    db.session.commit()
    done = {
        rules.CONFIRMED: gettext("The decision stays. The author is told why."),
        rules.OVERTURNED: gettext("The text is public again. The author is told."),
    }
    flash(done[str(reading.outcome)], "success")
    return htmx.see_other("second_readings.waiting")
