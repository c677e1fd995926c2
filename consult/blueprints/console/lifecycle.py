"""The page of a consultation in the console: what it lacks, publishing, closing, copying."""

from collections.abc import Sequence
from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import access, clock, htmx
from ...access import account, requires
from ...domain import phases, templates
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, sentence
from ...models import Consultation
from ...queries import console
from ...services import copies, follow_ups, publication
from ..consultations import cards, load
from .blueprint import actor, bp, managed
from .fields import attempt
from .forms import CloseForm, CopyForm


@bp.get("/consultations/<slug>")
@requires("consultation.manage")
def consultation(slug: str) -> ResponseReturnValue:
    """Screen 4, and ever after: what is missing, what there is, what can be done."""
    return _overview(managed(slug))


@bp.post("/consultations/<slug>/publish")
@requires("consultation.publish")
def publish(slug: str) -> ResponseReturnValue:
    """Publish, or say again what is missing."""
    found = managed(slug, "consultation.publish")
    try:
        publication.publish(db.session(), found, actor=actor(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return _overview(found, sentence(broken)), broken.status
    db.session.commit()
    flash(gettext("The consultation is published."), "success")
    return htmx.see_other("console.consultation", slug=slug)


@bp.route("/consultations/<slug>/close", methods=["GET", "POST"])
@requires("consultation.close")
def close(slug: str) -> ResponseReturnValue:
    """Close early, with a reason that everyone reads."""
    found = managed(slug, "consultation.close")
    form = CloseForm(request.form if request.method == "POST" else None)
    if request.method == "GET":
        phases.check("close_early", phases.of(found, clock.now()))
        return render_template("console/close.html", form=form, consultation=found)

    def act() -> None:
        publication.close_early(
            db.session(), found, reason=form.reason.clean, actor=actor(), now=clock.now()
        )

    if status := attempt(form, act):
        return render_template("console/close.html", form=form, consultation=found), status
    flash(gettext("The consultation is closed."), "success")
    return htmx.see_other("console.consultation", slug=slug)


@bp.route("/consultations/<slug>/copy", methods=["GET", "POST"])
@requires("consultation.copy")
def copy(slug: str) -> ResponseReturnValue:
    """Copy the structure of a consultation one can read, for one's own territory."""
    source = load.visible_or_404(slug)
    access.check("consultation.copy", source)
    posted = request.form if request.method == "POST" else None
    form = CopyForm(posted, data={"title": source.title})
    made: list[Consultation] = []

    def act() -> None:
        made.append(
            copies.copy(
                db.session(),
                source,
                owner_id=account().id,
                title=form.title.clean,
                territory_code=form.territory_code.data or None,
                now=clock.now(),
            )
        )

    status = 200 if posted is None else attempt(form, act)
    if status:
        return render_template("console/copy.html", form=form, source=source), status
    flash(gettext("The copy is ready. Give it its dates."), "success")
    return htmx.see_other("console.dates", slug=made[0].slug)


def _overview(found: Consultation, refusal: str = "") -> str:
    now = clock.now()
    rows = db.session.execute(console.structure(found.id)).all()
    points = publication.points(db.session(), found, now)
    template = templates.TEMPLATES.get(found.template)
    return render_template(
        "console/consultation.html",
        consultation=found,
        phase=phases.of(found, now),
        card=cards.card(found, now),
        phases=phases,
        points=points,
        is_ready=all(point.met for point in points if point.required),
        chapters=chapters(rows),
        counts=db.session.execute(console.counts(found.id)).one(),
        takes_articles=bool(template and template.FEATURES.get("articles")),
        places=PLACES,
        **_left_open(found),
        refusal=refusal,
    )


def _left_open(found: Consultation) -> dict[str, int]:
    """Return how much the last edition left open, and of how much of it nothing is said."""
    edition = follow_ups.last(db.session(), found, load.reader(), clock.now())
    if edition is None:
        return {"open_before": 0, "unsaid": 0}
    held = follow_ups.said(db.session(), found, edition)
    return {"open_before": len(edition.parts), "unsaid": len(edition.parts) - len(held)}


def chapters(rows: Sequence[Any]) -> list[tuple[Any, list[Any]]]:
    """Group the rows of the structure: each theme with its questions."""
    found: dict[str, tuple[Any, list[Any]]] = {}
    for row in rows:
        _theme, asked = found.setdefault(row.theme_id, (row, []))
        if row.id is not None:
            asked.append(row)
    return list(found.values())


PLACES = {
    "edit": "console.edit",
    "dates": "console.dates",
    "themes": "console.consultation",
    "access": "console.people",
}
