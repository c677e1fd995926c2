"""The reading room of a consultation: what is read, what is not, and who was heard."""

from typing import Any

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from ... import access, clock, press_keys
from ...access import requires
from ...domain import places, signatures
from ...domain import readings as rules
from ...domain.errors import RuleBroken
from ...domain.kinds import N_
from ...extensions import db
from ...i18n import gettext, sentence
from ...models import Consultation, Statement
from ...queries import paging, reading_coverage
from ...queries import readings as queries
from ...services import aid_kinds, aids, readings
from ..consultations.figures import CHANNELS
from . import reading_words
from .blueprint import bp
from .reading_aids import panels
from .reading_load import ACTION, Asked, add_up, asked, consultation_of, places_of, territories_of

BY = {
    reading_coverage.THEME: N_("By theme"),
    reading_coverage.TERRITORY: N_("By territory"),
    reading_coverage.COLLEGE: N_("By kind of people"),
    reading_coverage.CHANNEL: N_("By channel"),
}


@bp.get("/consultations/<slug>/reading")
@requires(ACTION)
def reading(slug: str) -> ResponseReturnValue:
    """Show what is read and what is not, who was heard, and offer the next text."""
    return _page(consultation_of(slug))


@bp.get("/consultations/<slug>/reading/texts")
@requires(ACTION)
def reading_texts(slug: str) -> ResponseReturnValue:
    """List the texts that became something: used, set aside, hidden ..."""
    consultation, given = consultation_of(slug), asked(request.args)
    what = request.args.get("state", "")
    what = what if what in rules.STATES else rules.UNREAD
    query = queries.listed(consultation.id, given.filters, what, request.args.get("cursor"))
    found = db.session.execute(query).all()
    rows, after = paging.cut(found, lambda row: (row.created_at, row.id))
    here = {"slug": consultation.slug, "state": what}
    return render_template(
        "console/reading_texts.html",
        consultation=consultation,
        rows=rows,
        what=what,
        labels=rules.LABELS,
        reasons=rules.REASONS,
        words=reading_words,
        given=given,
        next_url=given.url("reading_texts", **here, cursor=after) if after else None,
    )


@bp.post("/consultations/<slug>/reading/next")
@requires(ACTION)
def reading_next(slug: str) -> ResponseReturnValue:
    """Give the next text to whoever asks for one."""
    consultation = consultation_of(slug)
    found = go_on(consultation, asked(request.form))
    db.session.commit()
    return found


@bp.post("/consultations/<slug>/reading/aids/<kind>")
@requires(ACTION)
def reading_aid(slug: str, kind: str) -> ResponseReturnValue:
    """Ask for help to read, of a kind, or cancel it."""
    consultation, by, now = consultation_of(slug), access.account(), clock.now()
    page = aid_kinds.KINDS[kind].PAGE if kind in aid_kinds.KINDS else abort(404)
    try:
        if "cancel" in request.form:
            aids.cancel(db.session(), consultation, kind, by=by, now=now)
            said = gettext("Cancelled: everything is as before.")
        else:
            aids.ask(db.session(), consultation, kind, by=by, now=now)
            said = gettext("Asked: it comes in a moment. You can go on reading.")
    except RuleBroken as broken:
        db.session.rollback()
        return _page(consultation_of(slug), sentence(broken)), broken.status
    db.session.commit()
    flash(said, "success")
    here = f"/console/consultations/{consultation.slug}/reading"
    return redirect(f"{here}/{page}" if page else f"{here}#aid-{kind}", 303)


def go_on(consultation: Consultation, given: Asked, after: Statement | None = None) -> Response:
    """Take the next text, and return the way to it; to the reading room when there is none."""
    found = readings.take_next(
        db.session(),
        consultation.id,
        given.filters,
        by=access.account(),
        now=clock.now(),
        after=after,
    )
    if found is None:
        flash(gettext("There is nothing more to read here for now."), "info")
        return redirect(given.url("reading", slug=consultation.slug), 303)
    page = given.url("reading_text", slug=consultation.slug, statement_id=found)
    return redirect(page, 303)


def _page(consultation: Consultation, refusal: str = "") -> str:
    given, session = asked(request.values), db.session()
    by = request.args.get("by", reading_coverage.THEME)
    by = by if by in BY else reading_coverage.THEME
    counts, waiting = add_up(session.execute(queries.counts(consultation.id)))
    rows = session.execute(reading_coverage.coverage(consultation, by)).all()
    return render_template(
        "console/reading.html",
        consultation=consultation,
        counts=counts,
        waiting=waiting,
        seen=counts["total"] - counts[rules.UNREAD],
        labels=rules.LABELS,
        given=given,
        places=places_of(consultation),
        territories=territories_of(consultation),
        by=by,
        ways=BY,
        rows=[_row(by, row) for row in rows if row.total],
        silent=_silent(by, rows),
        panels=panels(consultation),
        words=reading_words,
        keys=press_keys.are_on(),
        refusal=refusal,
    )


def _row(by: str, row: Any) -> tuple[str, int, int, int]:
    return (_name(by, row.key, row.label), row.total, row.read, row.used)


def _name(by: str, key: str | None, label: str | None) -> str:
    if key is None:
        return gettext("Not said")
    if by == reading_coverage.TERRITORY:
        return places.numbered(key, label or "")
    if by == reading_coverage.COLLEGE:
        return gettext(signatures.ACTOR_LABELS[key]) if key in signatures.ACTOR_LABELS else key
    if by == reading_coverage.CHANNEL:
        return gettext(CHANNELS[key]) if key in CHANNELS else key
    return label or ""


def _silent(by: str, rows: Any) -> list[str]:
    """Name who has not spoken: what was expected, and brought no text."""
    held = {row.key for row in rows if row.total}
    if by == reading_coverage.COLLEGE:
        return [gettext(label) for key, label in signatures.ACTOR_LABELS.items() if key not in held]
    if by == reading_coverage.CHANNEL:
        return []
    return [_name(by, row.key, row.label) for row in rows if not row.total and row.key]
