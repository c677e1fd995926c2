"""Passages that stand for others in a theme or a question, and rare voices."""

from typing import Any

from flask import abort, flash, render_template, request, session
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from ... import access, clock
from ...access import requires
from ...domain import clean, draws, positions, signatures
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, sentence
from ...models import Consultation, ReadingNote
from ...queries import extracts as extract_queries
from ...queries import paging
from ...queries import reading_notes as queries
from ...services import drafts, extracts, readings
from . import reading_words
from .blueprint import bp, key_or_404
from .reading_aids import panels
from .reading_load import ACTION, Asked, asked, consultation_of, places_of
from .reading_text import LAST_BLOCK, block_of, wished_block

SAMPLE = 5
_LARGEST = 10**6


@bp.get("/consultations/<slug>/reading/voices")
@requires(ACTION)
def reading_voices(slug: str) -> ResponseReturnValue:
    """Show the passages that stand for others, the positions heard, some rare voices."""
    return _page(consultation_of(slug), asked(request.args))


@bp.post("/consultations/<slug>/reading/voices")
@requires(ACTION)
def reading_take(slug: str) -> ResponseReturnValue:
    """Make one of these passages the proof of a block."""
    consultation, given = consultation_of(slug), asked(request.form)
    note = _notes(consultation).get(given.place)
    text = key_or_404(request.form.get("text", ""))
    try:
        query = queries.passage(note.id if note else "", text)
        row = db.session.execute(query).one_or_none()
        if row is None:
            raise RuleBroken("reading-changed", 409)
        block = block_of(consultation)
        extracts.add(
            db.session(),
            block,
            row.Statement,
            starts=row.NotedText.starts,
            ends=row.NotedText.ends,
            named=False,
            account=access.account(),
            now=clock.now(),
        )
    except RuleBroken as broken:
        db.session.rollback()
        return _page(consultation_of(slug), given, sentence(broken)), broken.status
    db.session.commit()
    session[LAST_BLOCK] = block.id
    flash(gettext("The passage is in the synthesis."), "success")
    return redirect(given.url("reading_voices", slug=consultation.slug), 303)


@bp.get("/consultations/<slug>/reading/alone")
@requires(ACTION)
def reading_alone(slug: str) -> ResponseReturnValue:
    """List the texts of a place that resemble no other."""
    consultation, given = consultation_of(slug), asked(request.args)
    note = _notes(consultation).get(given.place) or abort(404)
    query = queries.lone(note.id, request.args.get("cursor"))
    rows, after = paging.cut(db.session.execute(query).all(), lambda row: (row.created_at, row.id))
    more = given.url("reading_alone", slug=consultation.slug, cursor=after) if after else None
    return render_template(
        "console/reading_listed.html",
        consultation=consultation,
        label=dict(places_of(consultation)).get(given.place, ""),
        back=("reading_voices", queries.VOICES),
        word="",
        rows=rows,
        words=reading_words,
        given=given,
        next_url=more,
    )


def _notes(consultation: Consultation) -> dict[str, ReadingNote]:
    query = queries.notes(consultation.id, queries.VOICES)
    return {one.place: one for one in db.session.scalars(query)}


def _page(consultation: Consultation, given: Asked, refusal: str = "") -> str:
    notes, read = _notes(consultation), db.session()
    places = [(key, label) for key, label in places_of(consultation) if key in notes]
    place = given.place if given.place in notes else next((key for key, _label in places), "")
    rows = read.execute(extract_queries.blocks(consultation.id)).all()
    blocks = [one for one in rows if one.id]
    return render_template(
        "console/reading_voices.html",
        consultation=consultation,
        panel=panels(consultation, queries.VOICES)[0],
        total=readings.counts(read, consultation)["total"],
        places=places,
        place=place,
        label=dict(places).get(place, ""),
        note=notes.get(place),
        is_begun=bool(rows),
        blocks=blocks,
        new_kinds=extracts.NEW_KINDS,
        chosen=wished_block(blocks, (place.partition(":")[2],)),
        title=drafts.plain(request.form.get("title", "")),
        position_label=_label,
        words=reading_words,
        given=Asked(place),
        refusal=refusal,
        **_found(consultation, notes.get(place)),
    )


def _found(consultation: Consultation, note: ReadingNote | None) -> dict[str, Any]:
    """Return the passages of a place, and some of its rare voices, drawn by lot."""
    if note is None:
        return {"verbatims": [], "used": set(), "rare": [], "alone": 0, "seed": 0}
    read = db.session
    verbatims = read.execute(queries.noted(note.id)).all()
    used = queries.taken(consultation.id, [one.NotedText.statement_id for one in verbatims])
    alone, seed = read.scalars(queries.alone(note.id)).all(), _seed()
    drawn = draws.drawn(alone, seed, SAMPLE)
    return {
        "verbatims": verbatims,
        "used": {tuple(row) for row in read.execute(used)},
        "rare": read.execute(queries.some(drawn)).all() if drawn else [],
        "alone": len(alone),
        "seed": seed,
    }


def _seed() -> int:
    return clean.whole(request.args.get("seed"), 8, otherwise=1) % _LARGEST


def _label(note: ReadingNote, position: str) -> str:
    """Return the words of a position of a note."""
    said = {one: words for one, _number, words in note.content["positions"] if words}
    label = positions.label_of(position, said, signatures.ACTOR_LABELS)
    return label if position in said else gettext(label)
