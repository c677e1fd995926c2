"""What rooms do with a matter: carry it, send it up or back, answer it, talk about it."""

import hashlib
from collections.abc import Callable
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from ... import access, clock
from ...access import requires
from ...domain.errors import RuleBroken
from ...domain.matters import table, votes
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...prose import readable
from ...services import matter_words, matters, room_settings
from ..rooms import load as rooms
from . import letters, load, views
from .routes import bp

TYPED = ("reasons", "body", "present", "in_favour", "mixed", "against")


@bp.post("/matters/<matter_id>/moves")
@requires("matter.act")
@limiter.limit("120 per hour")
def move(matter_id: str) -> ResponseReturnValue:
    """Move a matter as its page offers it, for a room."""
    sent = request.form
    room_id, name = sent.get("room", ""), sent.get("act", "")

    def act() -> None:
        what = matters.Act(
            name,
            access.account().id,
            room_id,
            _key(name, room_id),
            reasons=sent.get("reasons"),
            outcome=_outcome(),
            vote=_vote(name, room_id),
            with_matter=_other(),
            seen=sent.get("seen", ""),
        )
        done = matters.act(db.session(), matter_id, what, now=clock.now())
        letters.tell(done, now=clock.now())

    return _done(matter_id, name, room_id, act, gettext("It is done. Those concerned are told."))


@bp.post("/matters/<matter_id>/messages")
@requires("matter.act")
@limiter.limit("60 per hour")
def say(matter_id: str) -> ResponseReturnValue:
    """Say something to the other rooms of a matter; where it stands does not change."""
    room_id = request.form.get("room", "")

    def act() -> None:
        now, body = clock.now(), request.form.get("body")
        said: dict[str, Any] = {"room_id": room_id, "account_id": access.account().id, "now": now}
        letters.tell_message(matter_words.say(db.session(), matter_id, body, **said), now=now)

    return _done(matter_id, "say", room_id, act, gettext("Your message is there."), "words")


@bp.post("/matters/<matter_id>/adoption")
@requires("matter.act")
@limiter.limit("60 per hour")
def adopt(matter_id: str) -> ResponseReturnValue:
    """Adopt the text of a matter in a room that carries it too."""
    room_id = request.form.get("room", "")

    def act() -> None:
        by, now = access.account().id, clock.now()
        matter_words.adopt(db.session(), matter_id, room_id=room_id, account_id=by, now=now)

    return _done(matter_id, "adopt", room_id, act, gettext("Your room adopts this text too."))


def _done(
    matter_id: str,
    name: str,
    room_id: str,
    act: Callable[[], None],
    said: str,
    anchor: str | None = None,
) -> ResponseReturnValue:
    """Do something for a room that one acts for, or show the page again with why not."""
    load.visible_or_404(matter_id)
    load.acting_or_403(room_id)
    try:
        act()
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        return views.page(matter_id, _refused(name, room_id, broken), broken.status)
    return views.done(matter_id, said, anchor)


def _refused(name: str, room_id: str, broken: RuleBroken) -> views.Refused:
    """Return what was typed, and the two states when someone else moved the matter."""
    typed = {one: readable(request.form.get(one, "")) for one in TYPED}
    stages = [
        gettext(table.STAGES[stage]) if (stage := broken.facts.get(when)) in table.STAGES else ""
        for when in ("seen", "now")
    ]
    return views.Refused(name, room_id, sentence(broken), typed, *stages)


def _vote(name: str, room_id: str) -> votes.Vote | None:
    """Return the vote of a room that votes before it sends a matter up."""
    if name != "relay" or not request.form.get("present", "").strip():
        return None
    settings = room_settings.in_force(db.session(), room_id)
    return votes.read(request.form, settings["relay_quorum"])


def _key(name: str, room_id: str) -> str:
    """Return the key of an act: the forms of a page share a number, each act has its own key."""
    number = request.form.get("key", "")
    if not matters.KEY.fullmatch(number):
        return number
    mark = f"{number}:{name}:{room_id}".encode("utf-8", "replace")
    return hashlib.blake2b(mark, digest_size=12).hexdigest()


def _outcome() -> str | None:
    """Return the answer chosen, None for what a room cannot answer."""
    found = request.form.get("outcome", "")
    return found if found in table.CHOSEN else None


def _other() -> str | None:
    """Return the matter to be joined, None for what cannot be one."""
    found = request.form.get("with_matter", "")
    return found if rooms.ID.fullmatch(found) else None
