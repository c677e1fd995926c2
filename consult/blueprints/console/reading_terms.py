"""The words of each theme and question, and the texts that hold one of them."""

import re

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from ...access import requires
from ...extensions import db
from ...models import Consultation, ReadingNote
from ...queries import paging
from ...queries import reading_notes as queries
from ...services import readings
from . import reading_words
from .blueprint import bp
from .reading_aids import panels
from .reading_load import ACTION, asked, consultation_of, places_of

_STEM = re.compile(r"[^\W_]{1,40}")


@bp.get("/consultations/<slug>/reading/terms")
@requires(ACTION)
def reading_terms(slug: str) -> ResponseReturnValue:
    """Show the words that tell each theme from the others, each question from the others."""
    consultation = consultation_of(slug)
    notes = _notes(consultation)
    return render_template(
        "console/reading_terms.html",
        consultation=consultation,
        panel=panels(consultation, queries.TERMS)[0],
        total=readings.counts(db.session(), consultation)["total"],
        places=[(notes[key], label) for key, label in places_of(consultation) if key in notes],
        words=reading_words,
        given=asked(request.args),
    )


@bp.get("/consultations/<slug>/reading/holding")
@requires(ACTION)
def reading_holding(slug: str) -> ResponseReturnValue:
    """List the texts of a place that hold a word."""
    consultation, given = consultation_of(slug), asked(request.args)
    stem = request.args.get("stem", "")
    if not _STEM.fullmatch(stem):
        abort(404)
    query = queries.holding(consultation.id, given.filters, stem, request.args.get("cursor"))
    rows, after = paging.cut(db.session.execute(query).all(), lambda row: (row.created_at, row.id))
    here = {"slug": consultation.slug, "stem": stem}
    return render_template(
        "console/reading_listed.html",
        consultation=consultation,
        label=dict(places_of(consultation)).get(given.place, ""),
        back=("reading_terms", queries.TERMS),
        word=_word(_notes(consultation).get(given.place), stem),
        rows=rows,
        words=reading_words,
        given=given,
        next_url=given.url("reading_holding", **here, cursor=after) if after else None,
    )


def _notes(consultation: Consultation) -> dict[str, ReadingNote]:
    query = queries.notes(consultation.id, queries.TERMS)
    return {one.place: one for one in db.session.scalars(query)}


def _word(note: ReadingNote | None, stem: str) -> str:
    """Return how a stem is said in a place."""
    terms = note.content["terms"] if note is not None else []
    return next((str(one["word"]) for one in terms if one["stem"] == stem), stem)
