"""What is done in the queue: decide, pass on, undo, say that one reads, switch the keys."""

import re
from collections.abc import Sequence

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from ... import clock, htmx, press_keys
from ...access import requires
from ...domain import moderation as rules
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, sentence
from ...models import Decision
from ...queries import moderation as queues
from ...services import moderated, moderation, moderation_readings
from ..reports import letters as reports
from . import letters, views, words
from .routes import asked, bp, moderator

# A text as it was read: its id, its version, its state.
_SEEN = re.compile(r"([0-9A-Za-z]{1,18})\.(\d{1,9})\.([a-z_]{1,12})", re.ASCII)
_KEY = re.compile(r"[0-9A-Za-z]{1,18}")


@bp.post("/decisions")
@requires("moderation.open")
def decide() -> ResponseReturnValue:
    """Decide about one text or several, all or none."""
    by, now = moderator(), clock.now()
    choice = chosen()
    try:
        seen = texts()
        if choice.decision == rules.PASS:
            moderation.pass_on(db.session(), seen, by=by, now=now)
            flash(gettext("The text waits for a colleague."), "success")
        else:
            made = moderation.decide(db.session(), seen, choice=choice, by=by, now=now)
            letters.decided(made)
            reports.answered([one.item_id for one in made], now)
            flash(words.counted(made[0], len(made)), "success")
    except RuleBroken as broken:
        return refused(broken, choice)
    following = request.form.get("following", "")
    if _KEY.fullmatch(following):
        moderation_readings.take(db.session(), following, by=by, now=now)
    else:
        moderation_readings.release(db.session(), by.account_id)
    db.session.commit()
    return back(following if request.form.get("jump") else "")


@bp.post("/undo")
@requires("moderation.open")
def undo() -> ResponseReturnValue:
    """Undo one's last decision, or all that was decided together."""
    batch = request.form.get("batch", "")
    if not _KEY.fullmatch(batch):
        abort(404)
    now = clock.now()
    undone = moderation.undo(db.session(), batch, by=moderator(), now=now)
    letters.withdrawn(undone)
    reports.withdrawn(undone, now)
    db.session.commit()
    flash(gettext("Undone: everything is as before."), "success")
    return back(undone[0].item_id)


@bp.post("/readings")
@requires("moderation.open")
def read() -> ResponseReturnValue:
    """Tell colleagues which text one reads."""
    text = request.form.get("text", "")
    taken = _KEY.fullmatch(text) and moderation_readings.take(
        db.session(), text, by=moderator(), now=clock.now()
    )
    db.session.commit()
    if htmx.wants_fragment():
        return "", 204
    if not taken:
        flash(gettext("A colleague already reads this text."), "info")
    return back(text)


@bp.post("/keys")
@requires("moderation.open")
def keys() -> ResponseReturnValue:
    """Switch the keys off or on again, for this browser."""
    press_keys.switch(on=request.form.get("keys") == "on")
    return back("")


def chosen() -> moderation.Choice:
    """Read the decision: a button may carry its reason, as in `hide.private`.

    The note is the one written under this decision: words left under another go nowhere.
    """
    decision, _, reason = request.form.get("decision", "").partition(".")
    note = request.form.get(f"{decision}-note") or request.form.get("note", "")
    return moderation.Choice(decision, reason or request.form.get("reason", ""), note)


def texts() -> list[moderation.Seen]:
    """Read the texts to decide about: the one of the form, those ticked, or all of the page."""
    sent = request.form.getlist("shown" if request.form.get("all") else "text")
    found = [_SEEN.fullmatch(one) for one in dict.fromkeys(sent)]
    if not all(found):
        raise RuleBroken("texts-unreadable")
    return [moderation.Seen(one[1], int(one[2]), one[3]) for one in found if one]


def back(text: str) -> Response:
    """Return to the queue as it was, at a text when it is still there."""
    fragment = f"#text-{text}" if _KEY.fullmatch(text) else ""
    given = asked(request.form)
    return redirect(given.url(cursor=given.cursor) + fragment, 303)


def refused(broken: RuleBroken, choice: moderation.Choice) -> ResponseReturnValue:
    """Say why nothing was decided: for texts already decided about, both states."""
    db.session.rollback()
    by, concerned = moderator(), list(broken.facts.get("texts", ()))
    if broken.code == "text-elsewhere":
        moderation.refuse(db.session(), concerned, by=by, now=clock.now())
        db.session.commit()
        page = render_template("moderation/refused.html", texts=concerned, several=len(texts()) > 1)
        return page, 404
    if broken.code == "decision-done" and concerned:
        return taken(by, concerned, choice), 409
    if broken.status == 422:
        refusal = views.Refusal(
            message=sentence(broken),
            decision=choice.decision,
            reason=choice.reason,
            note=str(choice.note),
            texts=request.form.getlist("text"),
            several="shown" in request.form,
            all="all" in request.form,
        )
        return views.show(asked(request.form), refusal), 422
    raise broken


def taken(by: queues.Moderator, ids: Sequence[str], choice: moderation.Choice) -> str:
    """Show what was decided about texts in the meantime, by which role, and what was wanted."""
    latest: dict[str, Decision] = {}
    for decision in db.session.scalars(queues.last_decisions(list(ids))):
        latest.setdefault(decision.item_id, decision)
    found: list[tuple[words.Read, str]] = []
    for family in moderated.families():
        for item in db.session.scalars(queues.seen_by(family.ASKS, by, list(ids))):
            last, state = latest.get(item.id), family.state_of(item)
            same = last is not None and last.to_state == state
            said = words.what(state, family.reason_of(item))
            found.append((words.read(item), words.decided(last) if same else words.changed(said)))
    return render_template(
        "moderation/taken.html",
        found=found,
        words=words,
        wanted=words.WANTED.get(choice.decision, ""),
        given=asked(request.form),
        several=len(texts()) > 1,
    )
