"""Another version of the text of a matter, by the room that holds it; the earlier ones stay."""

from typing import Any

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import access, clock, htmx
from ...access import requires
from ...domain import clean
from ...domain.kinds import N_
from ...extensions import db, limiter
from ...i18n import gettext
from ...services import matter_words, matters
from ..console.fields import ConsoleForm, Line, Stored, Text, attempt
from . import load
from .routes import bp


class WordsForm(ConsoleForm):
    """What a matter says."""

    PLACES = {"matter-title-missing": "title", "matter-body-missing": "body"}
    title = Line(
        N_("The matter in one line"),
        lambda raw: clean.line(raw, matters.TITLE_LIMIT, required="matter-title-missing"),
    )
    body = Text(
        N_("What has to be settled, and why?"),
        lambda raw: clean.text(raw, matters.BODY_LIMIT, required="matter-body-missing"),
    )

    def words(self, **facts: Any) -> matters.Words:
        """Return what was read."""
        return matters.Words(self.title.clean, self.body.clean, **facts)


@bp.route("/matters/<matter_id>/text", methods=["GET", "POST"])
@requires("matter.act")
@limiter.limit("60 per hour", methods=["POST"])
def reword(matter_id: str) -> ResponseReturnValue:
    """Write another version of the text."""
    row = load.visible_or_404(matter_id)
    load.acting_or_403(row.Matter.room_id)
    if request.method == "GET" and row.stage not in matter_words.REWORDED:
        abort(409)
    values, version = _stored(row)
    posted = request.form if request.method == "POST" else None
    form = WordsForm(posted, data={**values, "version": version})

    def act() -> None:
        by = matters.By(access.account().id, row.Matter.room_id)
        seen, now = form.version.data or "", clock.now()
        matter_words.reword(db.session(), matter_id, form.words(), by, seen=seen, now=now)

    status = 200
    if posted is not None:
        status = attempt(form, act, lambda: _stored(load.visible_or_404(matter_id)))
    if status:
        return render_template("matters/text.html", form=form, it=row), status
    flash(gettext("The new text is there. The earlier one can still be read."), "success")
    return htmx.see_other("matters.show", matter_id=matter_id)


def _stored(row: Any) -> Stored:
    return {"title": row.title, "body": row.body}, matters.stamp(row.Matter)
