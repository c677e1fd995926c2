"""What a synthesis draws on: people heard, other consultations, rooms; and the texts held there."""

import re
from collections.abc import Sequence
from typing import Any

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, sentence
from ...models import Consultation, Room, Synthesis, SynthesisSource
from ...queries import consultations as asked
from ...queries import hearings, paging
from ...queries import synthesis_sources as queries
from ...services import drafts, synthesis_sources
from ..consultations import load
from ..rooms import load as rooms
from . import reading_words
from .blueprint import bp, key_or_404
from .synthesis import HERE, RIGHT, begun

_ADDRESS = re.compile(r"(?:https?://[^/\s]{1,255})?/(consultations|rooms)/([0-9A-Za-z-]{1,80})/?")


@bp.get(f"{HERE}/sources")
@requires(RIGHT)
def synthesis_sources_of(slug: str) -> ResponseReturnValue:
    """List what the synthesis draws on, and offer what it may draw on."""
    return _page(*begun(slug))


@bp.post(f"{HERE}/sources")
@requires(RIGHT)
def add_source(slug: str) -> ResponseReturnValue:
    """Draw on another consultation or room; what one may not see is missing."""
    consultation, whole = begun(slug)
    try:
        source = _meant(request.form.get("source", ""))
        synthesis_sources.add(db.session(), whole, source, account=account(), now=clock.now())
        db.session.commit()
    except RuleBroken as broken:
        return _refused(broken, consultation, whole)
    flash(gettext("The summary draws on it now."), "success")
    return htmx.see_other("console.synthesis_sources_of", slug=slug)


@bp.post(f"{HERE}/sources/<source_id>/delete")
@requires(RIGHT)
def delete_source(slug: str, source_id: str) -> ResponseReturnValue:
    """Draw on a source no more, unless an extract comes from it."""
    consultation, whole = begun(slug)
    source = _row_or_404(whole, source_id).SynthesisSource
    try:
        synthesis_sources.remove(db.session(), whole, source, account=account(), now=clock.now())
        db.session.commit()
    except RuleBroken as broken:
        return _refused(broken, consultation, whole)
    flash(gettext("The summary no longer draws on it."), "success")
    return htmx.see_other("console.synthesis_sources_of", slug=slug)


@bp.get(f"{HERE}/sources/<source_id>")
@requires(RIGHT)
def source_texts(slug: str, source_id: str) -> ResponseReturnValue:
    """List the texts of a consultation, or what a room keeps, to take passages from."""
    consultation, whole = begun(slug)
    row, cursor = _row_or_404(whole, source_id), request.args.get("cursor")
    source: SynthesisSource = row.SynthesisSource
    rows, after = _texts(source, cursor, is_private=bool(row.is_private))
    return render_template(
        "console/synthesis_source.html",
        consultation=consultation,
        row=row,
        rows=rows,
        words=reading_words,
        next_url=f"{request.path}?cursor={after}" if after else None,
    )


def _texts(
    source: SynthesisSource, cursor: str | None, *, is_private: bool
) -> tuple[Sequence[Any], str | None]:
    """Return a page of what a source holds, and where the next one begins."""
    if source.consultation_id:
        found = db.session.execute(queries.texts(source.consultation_id, cursor)).all()
        return paging.cut(found, lambda one: (one.created_at, one.id))
    papers = queries.papers(str(source.room_id), cursor)
    kept = [] if is_private else db.session.execute(papers).all()
    return paging.cut(kept, lambda one: (one.dated_on, one.id))


def _meant(typed: str) -> Consultation | Room:
    """Return what an address names, for whoever may know of it; 404 otherwise."""
    found = _ADDRESS.fullmatch(typed.strip())
    if found is None:
        raise RuleBroken("source-unreadable")
    if found[1] == "rooms":
        row = rooms.visible_or_404(found[2])
        return db.session.get_one(Room, row.id)
    query = asked.by_slug(found[2], load.reader(), clock.now())
    source = db.session.scalars(query).one_or_none()
    if source is None:
        abort(404)
    return source


def _row_or_404(whole: Synthesis, source_id: str) -> Any:
    row = db.session.execute(queries.one(whole.id, key_or_404(source_id))).one_or_none()
    if row is None:
        abort(404)
    return row


def _refused(
    broken: RuleBroken, consultation: Consultation, whole: Synthesis
) -> ResponseReturnValue:
    db.session.rollback()
    if broken.status == 404:
        raise broken
    db.session.refresh(whole)
    return _page(consultation, whole, sentence(broken)), broken.status


def _page(consultation: Consultation, whole: Synthesis, refusal: str = "") -> str:
    session, reader, now = db.session(), load.reader(), clock.now()
    offered = queries.consultations_offered(whole.id, consultation.id, reader, now)
    return render_template(
        "console/synthesis_sources.html",
        consultation=consultation,
        synthesis=whole,
        heard=session.execute(hearings.of_synthesis(whole.id)).all(),
        sources=session.execute(queries.of_synthesis(whole.id)).all(),
        consultations=session.execute(offered).all(),
        rooms=session.execute(queries.rooms_offered(whole.id)).all(),
        typed=drafts.plain(request.form.get("source", ""))[:400],
        refusal=refusal,
    )
