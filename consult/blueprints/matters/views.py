"""The page of a matter: what it is, where it stands, all that happened, what one may do now."""

from typing import Any, NamedTuple

from flask import Response, flash
from flask.typing import ResponseReturnValue

from ... import cache, htmx
from ...access import requires
from ...domain.matters import table
from ...extensions import db
from ...queries import matter_pages as pages
from ...queries import matters as queries
from ...queries import polls as poll_queries
from ...services import matters
from ..answers import forms
from ..polls import words as vote_words
from ..rooms import load as rooms
from . import load, offers, words
from .routes import bp


class Refused(NamedTuple):
    """What was typed and not kept: the act, the room, why, the words; the states when it moved."""

    act: str
    room_id: str
    sentence: str
    typed: dict[str, str]
    seen: str = ""
    now: str = ""


NOT_REFUSED = Refused("", "", "", {})


@bp.get("/matters/<matter_id>")
@requires("matter.read")
def show(matter_id: str) -> ResponseReturnValue:
    """Show a matter with its whole trail."""
    return page(matter_id)


def done(matter_id: str, said: str, anchor: str | None = None) -> Response:
    """Show a matter after an act: in its place for htmx, else from its address."""
    if htmx.wants_fragment():
        return htmx.toast(page(matter_id), said)
    flash(said, "success")
    return htmx.see_other("matters.show", matter_id=matter_id, _anchor=anchor)


def page(matter_id: str, refused: Refused = NOT_REFUSED, status: int = 200) -> Response:
    """Render the page of a matter; with what was refused, give back what was typed."""
    row, reader = load.visible_or_404(matter_id), rooms.reader()
    around = db.session.execute(pages.around(matter_id, reader)).all()
    trail = db.session.execute(queries.trail(matter_id, reader)).all()
    polls = _votes(row, reader)
    offered = offers.of(row, around, polls)
    acts = bool(offered.rooms or offered.speaks)
    is_offered = any(
        one.room_id == refused.room_id and refused.act in one.moves for one in offered.rooms
    )
    response = cache.page(
        "matters/show.html",
        "matters/_matter.html",
        it=row,
        text=row.body,
        stamp=matters.stamp(row.Matter),
        around=around,
        stages=table.STAGES,
        outcomes=table.OUTCOMES,
        busy=row.stage in (table.DRAFT, *queries.BUSY),
        steps=words.steps(trail),
        now=words.now(row),
        answer=words.answer(trail, row.outcome),
        votes=[vote_words.told(one) for one in polls],
        messages=_messages(row, reader),
        versions=_versions(row),
        offered=offered,
        chosen=words.SHORT,
        key=forms.new_key() if acts else "",
        refused=refused,
        is_offered=is_offered,
    )
    if response.status_code == 200:
        response.status_code = status
    return response


def _votes(row: Any, reader: Any) -> list[Any]:
    """Return the votes about a matter, which most matters do not have."""
    if not row.has_votes:
        return []
    return list(db.session.execute(poll_queries.about([row.id], reader)).all())


def _messages(row: Any, reader: Any) -> list[Any]:
    """Return what rooms said to each other, when they did."""
    if not row.has_words:
        return []
    return list(db.session.execute(pages.messages(row.id, reader)).all())


def _versions(row: Any) -> list[Any]:
    """Return the earlier versions of the text, which most matters do not have."""
    if row.Matter.text_version == 1:
        return []
    return list(db.session.scalars(pages.texts(row.id)).all())
