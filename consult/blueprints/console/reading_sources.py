"""A source read beside the answers: a text elsewhere, minutes, a hearing; its passages."""

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from ... import access, clock, press_keys
from ...access import requires
from ...domain import clean, passages
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, sentence
from ...models import Consultation, Synthesis
from ...queries import extracts as extract_queries
from ...queries import hearings
from ...queries import synthesis_sources as queries
from ...services import extracts
from . import reading_text
from . import reading_words as words
from .blueprint import bp, key_or_404
from .reading_load import Asked
from .synthesis import HERE, RIGHT, begun

TEXTS, DOCUMENTS, HEARINGS = "texts", "documents", "hearings"
READ = f"{HERE}/read/<any({TEXTS}, {DOCUMENTS}, {HEARINGS}):what>/<source_key>"
AT_ONCE = reading_text.MOST_SENTENCES


@dataclass(frozen=True)
class Shown:
    """A source as its page shows it: the row it is, and what is said of it."""

    what: str
    source: Any
    row: Any

    @property
    def text(self) -> str:
        """The text that passages are taken from."""
        return extracts.text_of(self.source)


@bp.get(READ)
@requires(RIGHT)
def read_source(slug: str, what: str, source_key: str) -> ResponseReturnValue:
    """Show a source in full, and the blocks that it may prove."""
    consultation, whole = begun(slug)
    return _page(consultation, _source_or_404(whole, what, source_key))


@bp.post(READ)
@requires(RIGHT)
def take_passage(slug: str, what: str, source_key: str) -> ResponseReturnValue:
    """Make the passages that were ticked the proof of a block."""
    consultation, whole = begun(slug)
    shown = _source_or_404(whole, what, source_key)
    try:
        block = reading_text.block_of(consultation)
        for one in reading_text.chosen(shown.text):
            extracts.add(
                db.session(),
                block,
                shown.source,
                starts=one.starts,
                ends=one.ends,
                named=what == TEXTS and "named" in request.form,
                account=access.account(),
                now=clock.now(),
            )
    except RuleBroken as broken:
        db.session.rollback()
        if broken.status == 404:
            abort(404)
        consultation, whole = begun(slug)
        again = _source_or_404(whole, what, source_key)
        return _page(consultation, again, sentence(broken)), broken.status
    db.session.commit()
    session[reading_text.LAST_BLOCK] = block.id
    flash(gettext("The passage is in the synthesis."), "success")
    return _here(consultation, shown)


@bp.post(f"{READ}/extracts/<extract_id>/remove")
@requires(RIGHT)
def drop_passage(slug: str, what: str, source_key: str, extract_id: str) -> ResponseReturnValue:
    """Take a passage out of the synthesis."""
    consultation, whole = begun(slug)
    shown = _source_or_404(whole, what, source_key)
    query = extract_queries.of_consultation(consultation.id, key_or_404(extract_id))
    extract = db.session.scalars(query).one_or_none()
    if extract is None or not extracts.comes_from(extract, shown.source):
        abort(404)
    extracts.remove(db.session(), extract, account=access.account(), now=clock.now())
    db.session.commit()
    flash(gettext("The passage is no longer in the synthesis."), "success")
    return _here(consultation, shown)


def _source_or_404(whole: Synthesis, what: str, source_key: str) -> Shown:
    key = key_or_404(source_key)
    if what == HEARINGS:
        found = db.session.scalars(hearings.one(whole.id, key)).one_or_none()
        row, source = None, found
    else:
        query = queries.text if what == TEXTS else queries.paper
        row = db.session.execute(query(whole.id, key)).one_or_none()
        source = row[0] if row is not None else None
    if source is None:
        abort(404)
    return Shown(what, source, row)


def _here(consultation: Consultation, shown: Shown) -> Response:
    facts = {"slug": consultation.slug, "what": shown.what, "source_key": shown.source.id}
    return redirect(url_for("console.read_source", **facts), 303)


def _page(consultation: Consultation, shown: Shown, refusal: str = "") -> str:
    read, quotable = db.session(), shown.text
    cut = passages.sentences(quotable)
    start = _start(len(cut))
    blocks = [one for one in read.execute(extract_queries.blocks(consultation.id)) if one.id]
    return render_template(
        "console/reading_source.html",
        consultation=consultation,
        what=shown.what,
        source=shown.source,
        row=shown.row,
        sentences=[quotable[one.starts : one.ends] for one in cut[start : start + AT_ONCE]],
        start=start,
        later=start + AT_ONCE if start + AT_ONCE < len(cut) else 0,
        earlier=max(start - AT_ONCE, 0) if start else None,
        digest=passages.digest(quotable),
        blocks=blocks,
        new_kinds=extracts.NEW_KINDS,
        held=extracts.of_source(read, shown.source, clock.now()),
        may_name=shown.what == TEXTS and extracts.may_name(shown.source),
        chosen=reading_text.again(blocks),
        words=words,
        given=Asked(),
        keys=press_keys.are_on(),
        buttons=press_keys.buttons(words.BUTTONS),
        refusal=refusal,
    )


def _start(sentences: int) -> int:
    given = clean.whole(request.values.get("start"), 6)
    return min(given, max(sentences - 1, 0)) // AT_ONCE * AT_ONCE
