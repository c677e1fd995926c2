"""The search of a territory, what a field suggests, and the page of each."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ... import cache, clock, htmx
from ...access import public, viewer
from ...domain import days, phases, places, signatures
from ...extensions import db
from ...i18n import gettext
from ...models import Room, RoomOfficial, Territory
from ...queries import coming, consultations, matter_pages, nearby, rooms, seats, territories
from ..consultations import asked, cards, load
from ..rooms import load as room_load
from . import naming, tiles
from .routes import bp

MOST_FOUND = 30
MOST_OPEN = 50
LATEST = 5
FIELDS = ("territory", "territory_code", "member")
MAPPED = ("country", "region", "former-region", places.GROUPING)


@bp.get("/territories")
@public
def find() -> Response:
    """Find a territory by its postcode or its name; without either, offer the widest."""
    typed = asked.word("q", places.TYPED_LIMIT) or ""
    query = territories.found(typed, limit=MOST_FOUND + 1) if typed else territories.widest()
    rows = db.session.execute(query).all()
    return cache.page(
        "territories/find.html",
        "territories/_places.html",
        q=typed,
        found=rows[:MOST_FOUND] if typed else rows,
        more=bool(typed) and len(rows) > MOST_FOUND,
        kinds=places.LABELS,
        map=None if typed else tiles.places(),
    )


@bp.get("/territories/suggestions")
@public
def suggest() -> ResponseReturnValue:
    """Offer what the words being typed in a form may mean: a fragment, as short as a list.

    Whoever comes without a form is led to the search.
    """
    name = next((name for name in FIELDS if f"{name}_name" in request.args), FIELDS[0])
    typed = asked.word(f"{name}_name", places.NAME_LIMIT) or ""
    if not htmx.wants_fragment():
        return redirect(url_for("territories.find", q=typed or None), 303)
    found = naming.found(typed, groupings=name == "territory_code")
    return render_template(
        "territories/_territory_choices.html",
        name=name,
        places=found,
        asked=len(typed) >= naming.SHORTEST,
        chosen="",
    )


@bp.get("/territories/<code>")
@public
def show(code: str) -> Response:
    """Show what there is near you: whom to call, what is open, what is around and inside."""
    reader = room_load.reader()
    query = territories.with_contact(rooms.with_moderator(code, reader), code)
    query = matter_pages.with_open_near(query, code, reader)
    found = db.session.execute(query).one_or_none() if places.CODE.fullmatch(code) else None
    if found is None:
        abort(404)
    territory, room, contact, contact_place, open_matters = found
    others = db.session.execute(territories.around_and_inside(code)).all()
    below = [row for row in others if row.is_inside]
    around = [row for row in others if not row.is_inside]
    next_ones = coming.near(code, reader, clock.now())
    listed = cards.cards(_current(code), clock.now())
    return cache.page(
        "territories/show.html",
        territory=territory,
        kind=gettext(places.LABELS[territory.kind]),
        above=[row for row in around if row.kind != places.GROUPING],
        groupings=[row for row in around if row.kind == places.GROUPING],
        below=below,
        cards=[card for card in listed if card.phase == phases.OPEN],
        coming=[card for card in listed if card.phase != phases.OPEN],
        latest=db.session.execute(nearby.latest(code, load.reader(), clock.now(), LATEST)).all(),
        contact=contact,
        contact_place=contact_place,
        room=room,
        next_ones=db.session.execute(next_ones).all(),
        officials=_officials(room),
        map=_map(territory, below),
        kinds=places.LABELS,
        open_matters=open_matters,
        matters_url=url_for("matters.index", territory=code),
        actors=signatures.ACTOR_LABELS,
        phases=phases,
        feed=f"/territories/{quote(code)}.atom",
        may_change=viewer().may("platform.manage"),
    )


def _current(code: str) -> Sequence[Any]:
    """Return what is open or to come for the people of a territory, the open ones first.

    It is of the territory, above it, or inside it.
    """
    now = clock.now()
    query = consultations.cards(nearby.current(code, load.reader(), now), now)
    order = (consultations.openness(now), *consultations.LATEST)
    query = query.order_by(*(column.desc() for column in order)).limit(MOST_OPEN)
    return db.session.execute(query).all()


def _officials(room: Room | None) -> Sequence[RoomOfficial]:
    """Return whom institutions name to answer the room that reads this territory."""
    if room is None:
        return []
    today = days.today(clock.now(), seats.PARIS)
    return db.session.scalars(seats.officials(room.id, today)).all()


def _map(territory: Territory, below: Sequence[Any]) -> tiles.Map | None:
    """Return the map of a wide territory, where the squares that it is made of lead somewhere."""
    if territory.kind not in MAPPED:
        return None
    if territory.kind == "country":
        return tiles.places()
    held = {row.code for row in below} & set(tiles.names())
    return tiles.places(held) if held else None
