"""One text at a time: read it in full, say what it becomes, take passages from it."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, render_template, request, session
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from ... import access, clock, press_keys
from ...access import requires
from ...domain import clean, passages, signatures
from ...domain import readings as rules
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, sentence
from ...models import Consultation, Statement, Synthesis, SynthesisBlock
from ...queries import extracts as extract_queries
from ...queries import reading_tags as tag_queries
from ...queries import readings as queries
from ...services import drafts, extracts, readings, syntheses
from . import reading_words as words
from .blueprint import bp, key_or_404
from .reading import go_on
from .reading_load import ACTION, Asked, add_up, asked, consultation_of, contribution

LAST_BLOCK = "last_block"
NEW = "new:"
QUOTATION = "quotation"
TITLE_LIMIT = 300
MOST_SENTENCES = 400


@bp.get("/consultations/<slug>/reading/texts/<statement_id>")
@requires(ACTION)
def reading_text(slug: str, statement_id: str) -> ResponseReturnValue:
    """Show a text in full, what it became, and the blocks that it may prove."""
    consultation = consultation_of(slug)
    return _page(consultation, contribution(consultation, statement_id), asked(request.args))


@bp.post("/consultations/<slug>/reading/texts/<statement_id>")
@requires(ACTION)
def reading_mark(slug: str, statement_id: str) -> ResponseReturnValue:
    """Say what a text became, and go on to the next one."""
    consultation, given = consultation_of(slug), asked(request.form)
    text: Statement = contribution(consultation, statement_id).Statement
    state, _, reason = request.form.get("state", "").partition(".")
    if state != "skip":
        mark = readings.Mark(state, reason, _number("version"), request.form.get("was", ""))
        try:
            readings.mark(db.session(), text, mark, by=access.account(), now=clock.now())
        except RuleBroken as broken:
            return refuse_text(slug, statement_id, broken)
    if state == rules.UNREAD:
        db.session.commit()
        flash(gettext("This text is to be read again."), "success")
        return _here(consultation, given, text.id)
    found = go_on(consultation, given, after=text)
    db.session.commit()
    return found


@bp.post("/consultations/<slug>/reading/texts/<statement_id>/keys")
@requires(ACTION)
def reading_keys(slug: str, statement_id: str) -> ResponseReturnValue:
    """Switch the keys off or on again, for this browser, as in the queue of moderation."""
    consultation, given = consultation_of(slug), asked(request.form)
    text: Statement = contribution(consultation, statement_id).Statement
    press_keys.switch(on=request.form.get("keys") == "on")
    return _here(consultation, given, text.id)


@bp.post("/consultations/<slug>/reading/texts/<statement_id>/ungroup")
@requires(ACTION)
def reading_ungroup(slug: str, statement_id: str) -> ResponseReturnValue:
    """Take a text out of its group of near-identical ones: it is to be read, and stays out."""
    consultation, given = consultation_of(slug), asked(request.form)
    text: Statement = contribution(consultation, statement_id).Statement
    leader = request.form.get("leader", "")
    try:
        readings.take_out(
            db.session(), text, drafts.plain(leader), by=access.account(), now=clock.now()
        )
    except RuleBroken as broken:
        return refuse_text(slug, statement_id, broken)
    db.session.commit()
    flash(gettext("This text is on its own now. It is to be read."), "success")
    return _here(consultation, given, text.id)


@bp.post("/consultations/<slug>/reading/texts/<statement_id>/extracts")
@requires(ACTION)
def reading_extract(slug: str, statement_id: str) -> ResponseReturnValue:
    """Make the passages that were ticked the proof of a block."""
    consultation, given = consultation_of(slug), asked(request.form)
    text: Statement = contribution(consultation, statement_id).Statement
    try:
        block = block_of(consultation)
        for one in chosen(extracts.text_of(text)):
            extracts.add(
                db.session(),
                block,
                text,
                starts=one.starts,
                ends=one.ends,
                named="named" in request.form,
                account=access.account(),
                now=clock.now(),
            )
    except RuleBroken as broken:
        return refuse_text(slug, statement_id, broken)
    db.session.commit()
    session[LAST_BLOCK] = block.id
    flash(gettext("The passage is in the synthesis."), "success")
    return _here(consultation, given, text.id)


@bp.post("/consultations/<slug>/reading/texts/<statement_id>/extracts/<extract_id>/remove")
@requires(ACTION)
def reading_remove(slug: str, statement_id: str, extract_id: str) -> ResponseReturnValue:
    """Take a passage out of the synthesis."""
    consultation, given = consultation_of(slug), asked(request.form)
    text: Statement = contribution(consultation, statement_id).Statement
    query = extract_queries.of_consultation(consultation.id, key_or_404(extract_id))
    extract = db.session.scalars(query).one_or_none()
    if extract is None or extract.statement_id != text.id:
        abort(404)
    extracts.remove(db.session(), extract, account=access.account(), now=clock.now())
    db.session.commit()
    flash(gettext("The passage is no longer in the synthesis."), "success")
    return _here(consultation, given, text.id)


def _here(consultation: Consultation, given: Asked, statement_id: str) -> Response:
    page = given.url("reading_text", slug=consultation.slug, statement_id=statement_id)
    return redirect(page, 303)


def _number(name: str) -> int:
    return clean.whole(request.form.get(name), 9)


def chosen(words_of: str) -> list[passages.Passage]:
    """Return the passages ticked in a text as it was seen, or all of it."""
    if request.form.get("digest") != passages.digest(words_of):
        raise RuleBroken("reading-changed", 409)
    if "whole" in request.form:
        return [passages.Passage(0, len(words_of))]
    ticked = request.form.getlist("sentence")
    places = {clean.whole(one, 6, otherwise=-1) for one in ticked} - {-1}
    return passages.joined(passages.sentences(words_of), places)


def block_of(consultation: Consultation) -> SynthesisBlock:
    """Return the block that was chosen, in the synthesis of this consultation, or a new one."""
    found = syntheses.find(db.session(), consultation)
    if found is None:
        raise RuleBroken("synthesis-not-begun", 409)
    named = request.form.get("block", "")
    if named.startswith(NEW):
        title = clean.line(request.form.get("title"), TITLE_LIMIT)
        by, now = access.account(), clock.now()
        kind = named.removeprefix(NEW)
        return extracts.new_block(db.session(), found, kind, title, by=by, now=now)
    return _known(found, named)


def _known(synthesis: Synthesis, key: str) -> SynthesisBlock:
    block = db.session.get(SynthesisBlock, key) if key.isascii() and key.isalnum() else None
    if block is None or block.synthesis_id != synthesis.id:
        raise RuleBroken("block-missing")
    return block


def refuse_text(slug: str, statement_id: str, broken: RuleBroken) -> ResponseReturnValue:
    """Show the text as it is now, with what was ticked and typed."""
    db.session.rollback()
    if broken.status == 404:
        abort(404)
    consultation = consultation_of(slug)
    row, given = contribution(consultation, statement_id), asked(request.form)
    return _page(consultation, row, given, sentence(broken)), broken.status


def _page(consultation: Consultation, row: Any, given: Asked, refusal: str = "") -> str:
    text: Statement = row.Statement
    read, now = db.session(), clock.now()
    counts, _waiting = add_up(read.execute(queries.counts(consultation.id)))
    rows = read.execute(extract_queries.blocks(consultation.id)).all()
    blocks = [one for one in rows if one.id]
    quotable = extracts.text_of(text)
    cut = passages.sentences(quotable)
    return render_template(
        "console/reading_text.html",
        consultation=consultation,
        row=row,
        text=text,
        counts=counts,
        seen=counts["total"] - counts[rules.UNREAD],
        sentences=[quotable[one.starts : one.ends] for one in cut[:MOST_SENTENCES]],
        digest=passages.digest(quotable),
        is_begun=bool(rows),
        blocks=blocks,
        new_kinds=extracts.NEW_KINDS,
        held=extracts.of_source(read, text, now),
        members=read.execute(queries.members(text.id)).all() if row.group > 1 else [],
        may_name=extracts.may_name(text),
        **_chosen(text, blocks),
        was=row.read_as or rules.UNREAD,
        given=given,
        words=words,
        labels=rules.LABELS,
        all_reasons=rules.REASONS,
        reasons=words.reasons(),
        keys=press_keys.are_on(),
        buttons=press_keys.buttons(words.BUTTONS),
        actors=signatures.ACTOR_LABELS,
        me=access.account().id,
        refusal=refusal,
    )


def _chosen(text: Statement, blocks: Sequence[Any]) -> dict[str, Any]:
    """Return the tags that a text may bear, the one it bears, what was ticked and typed."""
    tags = db.session().execute(tag_queries.choices(text)).all()
    bears = next((one.id for one in tags if one.here), "")
    ticked = again(blocks, (text.question_id, text.theme_id))
    chosen = {"tag": request.form.get("tag", bears), **ticked}
    return {"tags": tags, "bears": bears, "chosen": chosen}


def wished_block(blocks: Sequence[Any], places: Sequence[str | None]) -> str:
    """Return where a passage goes unless someone says otherwise: the name of a block.

    What was chosen, else the last block written to, else the first about the first of these
    places (a question, a theme) that has one, else a new quotation: never an unrelated block.
    """
    known = [one.id for one in blocks]
    if (asked := request.values.get("block", "")) in known or asked.startswith(NEW):
        return asked
    if (last := session.get(LAST_BLOCK)) in known:
        return str(last)
    about = (
        one.id
        for place in filter(None, places)
        for one in blocks
        if place in (one.question_id, one.theme_id)
    )
    return next(about, f"{NEW}{QUOTATION}")


def again(blocks: Sequence[Any], places: Sequence[str | None] = ()) -> dict[str, Any]:
    """Return what was ticked and typed, to be given back; at first, the block that is likely."""
    form = request.form
    return {
        "sentences": form.getlist("sentence"),
        "whole": "whole" in form,
        "named": "named" in form,
        "block": wished_block(blocks, places),
        "title": drafts.plain(form.get("title", "")),
    }
