"""The follow-up of the last edition: what its synthesis left open, and what happened since."""

from typing import Any

from flask import abort, current_app, flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires
from ...domain import follow_ups as rules
from ...domain import outcomes
from ...extensions import db
from ...i18n import gettext
from ...models import Consultation
from ...services import consultations, follow_ups
from ..consultations import load
from . import lines
from .blueprint import bp, managed
from .fields import Stored
from .lines import Line
from .synthesis import RIGHT


@bp.route("/consultations/<slug>/follow-up", methods=["GET", "POST"])
@requires(RIGHT)
def follow_up(slug: str) -> ResponseReturnValue:
    """Say of each thing that the last edition left open where it stands today."""
    consultation = managed(slug, RIGHT)
    edition = follow_ups.last(db.session(), consultation, load.reader(), clock.now())
    if edition is None:
        abort(404)
    held = follow_ups.said(db.session(), consultation, edition)
    rows = [
        Line(
            part.id,
            follow_ups.Point(consultation, part.id),
            part.title or part.body,
            f"/syntheses/{edition.slug}#b-{part.id}",
            label=part.label,
            note=part.body if part.title else "",
        )
        for part in edition.parts
    ]
    lines.show(rows, {row.key: follow_ups.values_of(held.get(row.key)) for row in rows})
    if request.method == "GET":
        return _page(consultation, edition, rows)
    lines.take(rows, tuple(follow_ups.NOTHING), {})
    number, status = lines.save(rows, _say, lambda line: _stored(consultation, line))
    if status:
        return _page(consultation, edition, rows, refused=True), status
    flash(gettext("Saved.") if number else gettext("Nothing was changed."), "success")
    return htmx.see_other("console.follow_up", slug=slug)


def _say(line: Line) -> None:
    said = dict(line.said)
    said["link"] = outcomes.here(said["link"], current_app.config["BASE_URL"])
    follow_ups.say(
        db.session(),
        line.subject,
        words=rules.Said(**said),
        version=line.version,
        account=account(),
        now=clock.now(),
    )


def _stored(consultation: Consultation, line: Line) -> Stored:
    edition = follow_ups.last(db.session(), consultation)
    held = follow_ups.said(db.session(), consultation, edition) if edition else {}
    stored = follow_ups.values_of(held.get(line.key))
    return stored, consultations.stamp(stored)


def _page(
    consultation: Consultation, edition: follow_ups.Last, rows: list[Line], *, refused: bool = False
) -> str:
    facts: dict[str, Any] = {"lines": rows, "states": rules.LABELS, "refused": refused}
    return render_template(
        "console/follow_up.html", consultation=consultation, edition=edition, **facts
    )
