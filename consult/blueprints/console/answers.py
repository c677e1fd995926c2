"""A long answer put in its place: attached to other questions, or cut in two."""

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires
from ...domain import clean
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, sentence
from ...models import Answer, Consultation
from ...queries import console
from ...services import filing
from . import lifecycle
from .blueprint import actor, bp, statement_of


@bp.get("/answers/<answer_id>/place")
@requires("answer.moderate")
def place(answer_id: str) -> ResponseReturnValue:
    """Show an answer with the places it may have, and where it may be cut."""
    answer, consultation = _answer(answer_id)
    return _page(answer, consultation)


@bp.post("/answers/<answer_id>/place")
@requires("answer.moderate")
def attach(answer_id: str) -> ResponseReturnValue:
    """Attach an answer to the questions ticked, or to a theme."""
    answer, consultation = _answer(answer_id)
    places = filing.Places(request.form.getlist("question"), request.form.get("theme"))
    try:
        filing.attach(
            db.session(),
            answer,
            places=places,
            version=request.form.get("version", ""),
            actor=actor(),
            now=clock.now(),
        )
    except RuleBroken as broken:
        return _refused(answer, consultation, broken)
    db.session.commit()
    flash(gettext("The answer is in its place."), "success")
    return htmx.see_other("console.place", answer_id=answer.id)


@bp.post("/answers/<answer_id>/split")
@requires("answer.moderate")
def split(answer_id: str) -> ResponseReturnValue:
    """Cut an answer after one of its paragraphs."""
    answer, consultation = _answer(answer_id)
    try:
        other = filing.split(
            db.session(),
            answer,
            after=clean.whole(request.form.get("after"), 5),
            version=request.form.get("version", ""),
            actor=actor(),
            now=clock.now(),
        )
    except RuleBroken as broken:
        return _refused(answer, consultation, broken)
    db.session.commit()
    flash(gettext("The answer is cut in two. Here is the second part."), "success")
    return htmx.see_other("console.place", answer_id=other.id)


def _answer(key: str) -> tuple[Answer, Consultation]:
    found, consultation = statement_of(key, "answer.moderate")
    if not isinstance(found, Answer):
        abort(404)
    return found, consultation


def _refused(answer: Answer, consultation: Consultation, broken: RuleBroken) -> ResponseReturnValue:
    db.session.rollback()
    return _page(answer, consultation, sentence(broken)), broken.status


def _page(answer: Answer, consultation: Consultation, refusal: str = "") -> str:
    further = filing.further_of(db.session(), answer)
    rows = db.session.execute(console.structure(consultation.id)).all()
    return render_template(
        "console/place.html",
        answer=answer,
        consultation=consultation,
        chapters=lifecycle.chapters(rows),
        chosen={answer.question_id, *further},
        paragraphs=filing.paragraphs(answer.body),
        kinds=filing.TEXT_KINDS,
        version=filing.stamp_of(db.session(), answer),
        refusal=refusal,
    )
