"""The page of a frame; a room says what it does with it, and its question is answered."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue

from ... import access, cache, clock, htmx
from ...access import account, requires, viewer
from ...domain import frames as rules
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, sentence
from ...models import Frame, Room
from ...queries import frames as queries
from ...services import frames
from ..console.blueprint import actor
from ..rooms import load as rooms
from . import load

bp = Blueprint("frames", __name__)


class Refused(NamedTuple):
    """What was typed for a room and not kept, and why."""

    slug: str
    sentence: str
    typed: str


NOT_REFUSED = Refused("", "", "")


class Line(NamedTuple):
    """A room in the table of a frame: its row, its state as readers see it."""

    row: Any
    state: str


@bp.get("/frames/<frame_id>")
@requires("room.read")
def show(frame_id: str) -> ResponseReturnValue:
    """Show what was sent down, by whom, until when, and how each room received it."""
    return _page(frame_id)


@bp.post("/frames/<frame_id>/rooms/<slug>/reception")
@requires("frame.receive")
def receive(frame_id: str, slug: str) -> ResponseReturnValue:
    """Say for a room what it does with a frame."""
    sent = request.form
    said = frames.Said(sent.get("version"), sent.get("state"), sent.get("note"))

    def act(frame: Frame, room: Room) -> None:
        access.check("frame.receive", room=room)
        frames.receive(db.session(), frame, room, said, account_id=account().id, now=clock.now())

    return _done(frame_id, slug, act, typed=sent.get("note", ""))


@bp.post("/frames/<frame_id>/rooms/<slug>/reply")
@requires("frame.publish")
def reply(frame_id: str, slug: str) -> ResponseReturnValue:
    """Answer the question that a room asked about a frame."""
    words = request.form.get("words", "")

    def act(frame: Frame, room: Room) -> None:
        access.check("frame.publish", room=db.session.get_one(Room, frame.room_id))
        frames.reply(db.session(), frame, room, words=words, actor=actor(), now=clock.now())

    return _done(frame_id, slug, act, typed=words)


def _done(
    frame_id: str, slug: str, act: Callable[[Frame, Room], None], *, typed: str
) -> ResponseReturnValue:
    """Do something about a frame and a room that both can be seen, or show why not."""
    load.visible_or_404(frame_id)
    found = rooms.visible_or_404(slug)
    frame, room = db.session.get_one(Frame, frame_id), db.session.get_one(Room, found.id)
    try:
        act(frame, room)
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        if broken.status == 404:
            raise
        return _page(frame_id, Refused(slug, sentence(broken), typed), broken.status)
    flash(gettext("Saved."), "success")
    return htmx.see_other("frames.show", frame_id=frame_id, _anchor=f"room-{slug}")


def _page(frame_id: str, refused: Refused = NOT_REFUSED, status: int = 200) -> ResponseReturnValue:
    row, now = load.visible_or_404(frame_id), clock.now()
    held = db.session.execute(queries.receptions(row, rooms.reader())).all()
    lines = [Line(one, rules.shown(one.state, row.due_at, now)) for one in held]
    response = cache.page(
        "frames/show.html",
        frame=row,
        lines=lines,
        counts=counts(lines),
        versions=db.session.scalars(queries.versions(row.id)).all(),
        kinds=rules.KINDS,
        labels=rules.LABELS,
        may_publish=viewer().may("frame.publish", room=Sender(row.room_id, row.room_level)),
        refused=refused,
    )
    return response, status if response.status_code == 200 else response.status_code


class Sender(NamedTuple):
    """The room that sent a frame, as far as its rights go."""

    id: str
    level: str


def counts(lines: Sequence[Line]) -> list[tuple[str, int]]:
    """Count the rooms by state, what still waits last."""
    found = Counter(line.state for line in lines)
    order = (*reversed(rules.STATES[1:]), rules.WAITING, rules.LATE)
    return [(state, found[state]) for state in order if found[state]]
