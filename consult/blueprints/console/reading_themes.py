"""Suggested themes: looked at, named, put together, dropped, turned into blocks."""

from itertools import groupby
from typing import Any

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from ... import access, clock
from ...access import requires
from ...domain import clean, passages
from ...domain import suggestions as rules
from ...domain.errors import RuleBroken
from ...domain.kinds import N_
from ...extensions import db
from ...i18n import gettext, sentence
from ...models import Consultation, Statement, SuggestedTheme
from ...queries import paging
from ...queries import suggested_themes as queries
from ...services import drafts, suggested_themes, syntheses
from . import reading_words
from .blueprint import bp, part
from .reading_aids import panels
from .reading_load import ACTION, consultation_of

WAYS = {
    suggested_themes.KEY_IDEA: N_("A key idea"),
    suggested_themes.CHAPTER: N_("A chapter, with a key idea in it"),
}
MOST_PROOFS = 40


@bp.get("/consultations/<slug>/reading/themes")
@requires(ACTION)
def reading_themes(slug: str) -> ResponseReturnValue:
    """Show the themes suggested under each question, and how many texts are in none."""
    consultation = consultation_of(slug)
    rows = db.session.execute(queries.listed(consultation.id)).all()
    shown = [row for row in rows if row.SuggestedTheme.state != rules.DROPPED]
    return render_template(
        "console/reading_themes.html",
        consultation=consultation,
        panel=panels(consultation, "themes")[0],
        places=[(of, list(held)) for of, held in groupby(shown, _place_name)],
        dropped=[row for row in rows if row.SuggestedTheme.state == rules.DROPPED],
        counts=suggested_themes.counts(db.session(), consultation.id),
        labels=rules.LABELS,
        most_words=rules.MOST_WORDS,
        words=reading_words,
    )


@bp.get("/consultations/<slug>/reading/themes/<suggestion_id>")
@requires(ACTION)
def reading_theme(slug: str, suggestion_id: str) -> ResponseReturnValue:
    """Show a suggested theme: its words, its texts, what may be made of it."""
    consultation = consultation_of(slug)
    return _page(consultation, part(SuggestedTheme, consultation, suggestion_id))


@bp.post("/consultations/<slug>/reading/themes/<suggestion_id>")
@requires(ACTION)
def reading_theme_change(slug: str, suggestion_id: str) -> ResponseReturnValue:
    """Name a theme, put it in another one, drop it, or let it be suggested again."""
    consultation = consultation_of(slug)
    found = part(SuggestedTheme, consultation, suggestion_id)
    try:
        said, left = _change(found, request.form.get("act", ""))
    except RuleBroken as broken:
        return _refused(slug, suggestion_id, broken)
    db.session.commit()
    flash(said, "success")
    return redirect(_address(consultation, left), 303)


@bp.post("/consultations/<slug>/reading/themes/<suggestion_id>/block")
@requires(ACTION)
def reading_theme_block(slug: str, suggestion_id: str) -> ResponseReturnValue:
    """Turn a theme into a block of the synthesis, proved by the passages that were ticked."""
    consultation = consultation_of(slug)
    found = part(SuggestedTheme, consultation, suggestion_id)
    session, form = db.session(), request.form
    try:
        synthesis = syntheses.find(session, consultation)
        if synthesis is None:
            raise RuleBroken("synthesis-not-begun", 409)
        proofs = _proofs(consultation)
        wanted = suggested_themes.Wanted(form.get("way", ""), form.get("title"), proofs)
        by, now = access.account(), clock.now()
        block = suggested_themes.write(session, found, synthesis, wanted, by=by, now=now)
    except RuleBroken as broken:
        return _refused(slug, suggestion_id, broken)
    db.session.commit()
    flash(gettext("The theme is in the synthesis, with its passages."), "success")
    return redirect(f"/console/consultations/{consultation.slug}/synthesis#block-{block.id}", 303)


def _change(found: SuggestedTheme, act: str) -> tuple[str, str]:
    """Make a change; return what to say, and the suggestion to look at then, "" for none."""
    session, form = db.session(), request.form
    facts: Any = {"version": _version(), "by": access.account(), "now": clock.now()}
    if act == "name":
        suggested_themes.name(session, found, form.get("name"), **facts)
        return gettext("The theme has its name. It keeps it at the next search."), found.id
    if act == "merge":
        into = form.get("into", "")
        if not (into.isascii() and into.isalnum()):
            raise RuleBroken("suggestion-apart")
        other = suggested_themes.merge(session, found, into, **facts)
        return gettext("Both themes are one now."), other.id
    if act == "drop":
        suggested_themes.drop(session, found, **facts)
        return gettext("This theme is dropped. It will not be suggested again."), ""
    if act != "again":
        abort(422)
    suggested_themes.forget(session, found, **facts)
    return gettext("This theme may be suggested again at the next search."), ""


def _version() -> int:
    return clean.whole(request.form.get("version"), 9)


def _proofs(consultation: Consultation) -> list[tuple[Statement, str]]:
    """Return the texts that were ticked, each with its digest as it was seen."""
    pairs = [one.partition(".") for one in request.form.getlist("proof")[:MOST_PROOFS]]
    keys = [key for key, _dot, _seen in pairs if key.isascii() and key.isalnum()]
    texts = db.session.scalars(queries.chosen(consultation.id, keys)).all()
    if len(texts) < len(pairs):
        raise RuleBroken("reading-changed", 409)
    seen = {key: digest for key, _dot, digest in pairs}
    return [(one, seen[one.id]) for one in texts]


def _address(consultation: Consultation, suggestion_id: str) -> str:
    here = f"/console/consultations/{consultation.slug}/reading/themes"
    return f"{here}/{suggestion_id}" if suggestion_id else here


def _refused(slug: str, suggestion_id: str, broken: RuleBroken) -> Response | ResponseReturnValue:
    """Show the theme as it is now, with what was typed; the list when it is gone."""
    db.session.rollback()
    consultation = consultation_of(slug)
    found = db.session.get(SuggestedTheme, suggestion_id)
    if found is None:
        flash(sentence(broken), "error")
        return redirect(_address(consultation, ""), 303)
    return _page(consultation, found, sentence(broken)), broken.status


def _page(consultation: Consultation, found: SuggestedTheme, refusal: str = "") -> str:
    rows = db.session.execute(queries.listed(consultation.id)).all()
    own = next(row for row in rows if row.SuggestedTheme.id == found.id)
    query = queries.members(found.id, consultation.id, request.args.get("cursor"))
    texts, after = paging.cut(db.session.execute(query).all(), lambda row: (row.place, row.id))
    form = request.form
    return render_template(
        "console/reading_theme.html",
        consultation=consultation,
        own=own,
        found=found,
        place=_place_name(own),
        others=[row for row in rows if _is_beside(row.SuggestedTheme, found)],
        texts=[(row, *_typical(found, row)) for row in texts],
        next_url=f"{_address(consultation, found.id)}?cursor={after}" if after else None,
        is_begun=syntheses.find(db.session(), consultation) is not None,
        ways=WAYS,
        words=reading_words,
        chosen={
            "name": drafts.plain(form.get("name", "")) or found.name,
            "title": drafts.plain(form.get("title", "")) or found.name,
            "way": form.get("way", suggested_themes.KEY_IDEA),
            "proofs": form.getlist("proof"),
        },
        refusal=refusal,
    )


def _typical(found: SuggestedTheme, row: Any) -> tuple[str, str]:
    """Return the typical sentence of a text, and what a tick of it carries."""
    text = passages.text_of(row.title, row.whole)
    passage = suggested_themes.typical(found, text)
    words = text[passage.starts : passage.ends] if passage else ""
    return words, f"{row.id}.{passages.digest(text)}"


def _is_beside(one: SuggestedTheme, other: SuggestedTheme) -> bool:
    same = (one.question_id, one.theme_id) == (other.question_id, other.theme_id)
    return same and one.id != other.id and one.state != rules.DROPPED


def _place_name(row: Any) -> str:
    if row.wording:
        return f"{row.label}.{row.question_number} {row.wording}"
    return f"{row.label}. {row.title}"
