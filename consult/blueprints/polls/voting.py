"""Voting: a first press shows what the ballot says, a second one casts it; then the receipt."""

from collections.abc import Mapping, Sequence
from secrets import SystemRandom

from flask import current_app, make_response, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from ... import access, clock
from ...access import requires
from ...domain import polls as rules
from ...domain import receipts
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import sentence
from ...prose import readable
from ...services import poll_ballots
from ..rooms import load as rooms
from . import load, views, words
from .routes import bp

KEPT = "vote_receipt"  # in the browser's own cookie: the server keeps no code
# What the papers ask for, and whatever tries to pass for it.
SAID = ("choice", "abstain", "reason")


@bp.post("/polls/<poll_id>/check")
@requires("poll.vote")
@limiter.limit("60 per minute")
def check(poll_id: str) -> ResponseReturnValue:
    """Show what the ballot says before it is cast; nothing is written."""
    row = load.visible_or_404(poll_id)
    poll, mine = row.Poll, load.elector(poll_id)
    rules.check_open(poll, clock.now())
    if mine is None or not mine.is_member:
        raise RuleBroken("not-an-elector" if mine is None else "mandate-ended", 403)
    if poll.is_secret and mine.has_voted:
        raise RuleBroken("voted-already", 409)
    fields = _fields()
    try:
        ballot = poll_ballots.read(poll.kind, poll.paper, fields)
    except RuleBroken as broken:
        return views.page(row, error=sentence(broken), typed=_readable(fields))
    return _quiet(
        render_template(
            "polls/check.html",
            **views.about(row),
            lines=words.lines(poll, ballot),
            fields=fields,
            code=receipts.new_code(SystemRandom()),
            has_voted=mine.has_voted,
        )
    )


@bp.post("/polls/<poll_id>/ballot")
@requires("poll.vote")
@limiter.limit("60 per minute")
def cast(poll_id: str) -> ResponseReturnValue:
    """Cast the ballot; the form sent twice casts it once, and gives the same receipt."""
    if not rooms.ID.fullmatch(poll_id):
        raise RuleBroken("poll-unknown", 404)
    sent = poll_ballots.Cast(_fields(), request.form.get("code", ""))
    try:
        poll_ballots.cast(
            db.session(),
            poll_id,
            sent,
            account_id=access.account().id,
            reader=rooms.reader(),
            now=clock.now(),
        )
    except RuleBroken as broken:
        db.session.rollback()
        if broken.status != 422:
            raise
        row = load.visible_or_404(poll_id)
        return views.page(row, error=sentence(broken), typed=_readable(sent.fields))
    db.session.commit()
    session[KEPT] = [poll_id, receipts.normalise(sent.code)]
    return redirect(f"/polls/{poll_id}/receipt", 303)


@bp.get("/polls/<poll_id>/receipt")
@requires("poll.vote")
def receipt(poll_id: str) -> ResponseReturnValue:
    """Show the code of one's ballot, to whoever has just cast it."""
    row = load.visible_or_404(poll_id)
    mine = load.elector(poll_id)
    if mine is None or not mine.has_voted:
        raise RuleBroken("poll-unknown", 404)
    of, code = session.get(KEPT, ("", ""))
    code = code if of == poll_id else ""
    return _quiet(render_template("polls/receipt.html", **views.about(row), code=code))


def _fields() -> dict[str, list[str]]:
    """Return what the form says of the ballot, nothing else."""
    most = current_app.config.get("MAX_FORM_PARTS") or 1_000
    lists = list(request.form.lists())[:most]
    return {name: values for name, values in lists if name.startswith(SAID)}


def _readable(fields: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {name: [readable(one) for one in values] for name, values in fields.items()}


def _quiet(text: str) -> ResponseReturnValue:
    """Return a page that no cache keeps: a code stands on it."""
    response = make_response(text)
    response.headers["Cache-Control"] = "no-store"
    return response
