"""Tags: made, put on texts by hand; the rest is proposed, and people accept or refuse it."""

from typing import Any

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from ... import access, clock
from ...access import requires
from ...domain import clean
from ...domain import reading_tags as rules
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, sentence
from ...models import Consultation, ReadingTag, Statement
from ...queries import paging, reading_notes
from ...queries import reading_tags as queries
from ...services import drafts
from ...services import reading_tags as service
from ...services.aid_kinds import tags as kind
from . import reading_words
from .blueprint import bp, part
from .reading_aids import panels
from .reading_load import ACTION, asked, consultation_of, contribution
from .reading_text import refuse_text

MOST_AT_ONCE = paging.SIZE


@bp.get("/consultations/<slug>/reading/tags")
@requires(ACTION)
def reading_tags(slug: str) -> ResponseReturnValue:
    """Show the tags, how many texts bear each, and what is proposed for the others."""
    return _page(consultation_of(slug))


@bp.post("/consultations/<slug>/reading/tags")
@requires(ACTION)
def reading_tag_new(slug: str) -> ResponseReturnValue:
    """Make a tag, of what was typed or of a theme that people named."""
    consultation = consultation_of(slug)
    typed: object = request.form.get("name")
    if theme := request.form.get("theme"):
        rows = db.session.execute(queries.named_themes(consultation.id)).all()
        known = {row.id: row.name[: rules.NAME_LIMIT] for row in rows}
        typed = known.get(theme) or abort(422)
    try:
        service.make(db.session(), consultation, typed, by=access.account(), now=clock.now())
    except RuleBroken as broken:
        return _refused(slug, broken)
    return _done(slug, gettext("The tag is made. Put it on texts while you read."))


@bp.post("/consultations/<slug>/reading/tags/<tag_id>")
@requires(ACTION)
def reading_tag_change(slug: str, tag_id: str) -> ResponseReturnValue:
    """Give a tag another name, or remove it."""
    tag = part(ReadingTag, consultation_of(slug), tag_id)
    session, form = db.session(), request.form
    by, now = access.account(), clock.now()
    try:
        if form.get("act") == "rename":
            was = drafts.plain(form.get("was", ""))
            service.rename(session, tag, form.get("name"), was=was, by=by, now=now)
            said = gettext("The tag has its new name.")
        elif form.get("act") == "remove":
            service.remove(session, tag, confirmed="confirmed" in form, by=by, now=now)
            said = gettext("The tag is removed.")
        else:
            abort(422)
    except RuleBroken as broken:
        return _refused(slug, broken, tag_id)
    return _done(slug, said)


@bp.post("/consultations/<slug>/reading/tags/proposed")
@requires(ACTION)
def reading_tag_answer(slug: str) -> ResponseReturnValue:
    """Accept or refuse what is proposed: one text, or all those of the page."""
    consultation = consultation_of(slug)
    said, one = _answer()
    chosen = [one] if one else request.form.getlist("shown")[:MOST_AT_ONCE]
    by, now = access.account(), clock.now()
    try:
        seen = [_seen(each) for each in chosen]
        service.answer(db.session(), consultation, seen, said, by=by, now=now)
    except RuleBroken as broken:
        return _refused(slug, broken)
    accepted = gettext("Accepted: the tags are on the texts.")
    refused = gettext("Refused: this is not proposed again.")
    return _done(slug, accepted if said == rules.ACCEPT else refused)


@bp.post("/consultations/<slug>/reading/texts/<statement_id>/tag")
@requires(ACTION)
def reading_tag_put(slug: str, statement_id: str) -> ResponseReturnValue:
    """Put a tag on a text, change it, or take it away."""
    consultation, given, form = consultation_of(slug), asked(request.form), request.form
    text: Statement = contribution(consultation, statement_id).Statement
    tag = _key(form.get("tag", ""))
    seen = service.Seen(text.id, tag, clean.whole(form.get("version"), 9))
    by, now = access.account(), clock.now()
    try:
        service.put(db.session(), text, seen, form.get("was", ""), by=by, now=now)
    except RuleBroken as broken:
        return refuse_text(slug, statement_id, broken)
    db.session.commit()
    flash(gettext("The tag is on this text.") if tag else gettext("The tag is off."), "success")
    page = given.url("reading_text", slug=consultation.slug, statement_id=text.id)
    return redirect(page, 303)


def _answer() -> tuple[str, str]:
    """Return what was answered, and to what: "" for all that was shown."""
    form = request.form
    for said in rules.ANSWERS:
        if said in form:
            return said, form[said]
    return form.get("all", ""), ""


def _seen(raw: str) -> service.Seen:
    """Read a proposal as it was shown: a text, a tag, the version of the text."""
    text, _dot, rest = raw.partition(".")
    tag, _dot, version = rest.partition(".")
    return service.Seen(_key(text), _key(tag), clean.whole(version, 9))


def _key(raw: str) -> str:
    """Return an identifier, "" for none; what cannot be one is the identifier of nothing."""
    return raw if not raw or (raw.isascii() and raw.isalnum() and len(raw) <= 18) else "0"


def _done(slug: str, said: str) -> ResponseReturnValue:
    db.session.commit()
    flash(said, "success")
    return redirect(f"/console/consultations/{slug}/reading/tags", 303)


def _refused(slug: str, broken: RuleBroken, tag_id: str = "") -> ResponseReturnValue:
    """Show the page as it is now, with what was typed, and which texts changed meanwhile."""
    db.session.rollback()
    page = _page(
        consultation_of(slug),
        refusal=sentence(broken),
        changed=broken.facts.get("changed", []),
        about=tag_id,
        confirms=broken.code == "tag-used",
    )
    return page, broken.status


def _page(consultation: Consultation, **said: Any) -> str:
    session, form = db.session(), request.form
    counted = service.counts(session, consultation.id)
    held = session.scalars(queries.of_consultation(consultation.id)).all()
    query = queries.proposals(consultation.id, request.args.get("cursor"))
    rows, after = paging.cut(
        session.execute(query).all(), lambda row: (row.confidence, row.id), MOST_AT_ONCE
    )
    of = {tag.folded for tag in held}
    themes = session.execute(queries.named_themes(consultation.id)).all()
    here = f"/console/consultations/{consultation.slug}/reading/tags"
    return render_template(
        "console/reading_tags.html",
        consultation=consultation,
        panel=panels(consultation, "tags")[0],
        note=session.scalars(reading_notes.notes(consultation.id, kind.KIND)).one_or_none(),
        tags=held,
        counts=counted,
        missing=rules.missing(counted.tags),
        themes=[one for one in themes if rules.folded(one.name[: rules.NAME_LIMIT]) not in of],
        rows=rows,
        next_url=f"{here}?cursor={after}" if after else None,
        labels=rules.LABELS,
        levels=rules.LEVELS,
        why=rules.WHY,
        rules=rules,
        words=reading_words,
        typed=drafts.plain(form.get("name", "")),
        **{"refusal": "", "changed": [], "about": "", "confirms": False, **said},
    )
