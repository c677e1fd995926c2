"""Matters in lists: those of a room under four headings, and all those one may know of."""

from typing import Any

from flask import Response, url_for

from ... import cache
from ...access import requires
from ...domain import places
from ...domain.kinds import N_
from ...domain.matters import table
from ...extensions import db
from ...i18n import gettext
from ...queries import matter_pages as pages
from ...queries import matters as queries
from ...queries import paging
from ..consultations import asked
from ..rooms import load as rooms
from ..rooms import tabs
from . import load
from .routes import bp

WORDS_LIMIT = 200
HEADINGS = {
    queries.WAITING: N_("To deal with"),
    queries.RECEIVED: N_("Received from below"),
    queries.SENT: N_("Sent up or back"),
    queries.ANSWERS: N_("Answers received"),
}
EMPTY = {
    queries.WAITING: N_("Nothing waits for this room."),
    queries.RECEIVED: N_("No matter has come up to this room yet."),
    queries.SENT: N_("This room waits for no answer."),
    queries.ANSWERS: N_("No answer has come to this room yet."),
}


@bp.get("/rooms/<slug>/matters")
@requires("matter.read")
def of_room(slug: str) -> Response:
    """List the matters of a room: to deal with, received, sent, answered."""
    room, reader = rooms.visible_or_404(slug), rooms.reader()
    chosen = asked.word("heading")
    heading = chosen if chosen in queries.TABS else queries.WAITING
    query = queries.in_room(heading, room.id, reader, asked.cursor())
    rows, after = _cut(query)
    counts = db.session.execute(queries.counts(room.id, reader)).one()
    return cache.page(
        "matters/of_room.html",
        room=room,
        tabs=tabs.of(slug),
        rows=rows,
        heading=heading,
        headings=[(name, gettext(HEADINGS[name]), getattr(counts, name)) for name in queries.TABS],
        empty_text=gettext(EMPTY[heading]),
        stages=table.STAGES,
        outcomes=table.OUTCOMES,
        acts=room.id in load.hands(room.id),
        next_url=_next("matters.of_room", after, slug=slug, heading=heading),
    )


@bp.get("/matters")
@requires("matter.read")
def index() -> Response:
    """List the matters, all or those that hold some words, of a territory, in a state."""
    stage, typed, place = asked.word("stage"), asked.word("q", WORDS_LIMIT), asked.word("territory")
    stage = stage if stage in table.STAGES else None
    place = place if place and places.CODE.fullmatch(place) else None
    filters = queries.Filters(typed or "", place, stage)
    rows, after = _cut(queries.listed(rooms.reader(), filters, asked.cursor()))
    values = {"q": typed, "territory": place, "stage": stage}
    return cache.page(
        "matters/index.html",
        rows=rows,
        q=typed or "",
        stage=stage or "",
        territory=place or "",
        territories=_places(place),
        states=[("", gettext("All of them")), *_states()],
        stages=table.STAGES,
        outcomes=table.OUTCOMES,
        is_filtered=any(values.values()),
        may_begin=bool(load.hands()),
        next_url=_next("matters.index", after, **values),
    )


def _states() -> list[tuple[str, str]]:
    """Return where a matter that others see may stand, to choose from."""
    return [(name, gettext(said)) for name, said in table.STAGES.items() if name != table.DRAFT]


def _places(chosen: str | None) -> list[tuple[str, str]]:
    """Return the territories to choose from."""
    rows = db.session.execute(pages.places(rooms.reader(), chosen))
    return [("", gettext("All territories")), *((row.code, row.name) for row in rows)]


def _cut(query: Any) -> Any:
    rows = db.session.execute(query).all()
    return paging.cut(rows, lambda row: (row.updated_at, row.id))


def _next(endpoint: str, after: str | None, **values: Any) -> str | None:
    return url_for(endpoint, **values, cursor=after) if after else None
