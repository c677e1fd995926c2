"""Find a territory, and what there is near you: one page a territory."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, abort

from ... import cache, clock
from ...access import public
from ...domain import phases, places
from ...extensions import db
from ...i18n import gettext
from ...models import Territory
from ...queries import consultations, rooms, territories
from ..consultations import asked, cards, load
from ..rooms import load as room_load

bp = Blueprint("territories", __name__)

MOST_FOUND = 30
MOST_OPEN = 50


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
    )


@bp.get("/territories/<code>")
@public
def show(code: str) -> Response:
    """Show what there is near you: whom to call, what is open, what is around and inside."""
    territory = db.session.get(Territory, code) if places.CODE.fullmatch(code) else None
    if territory is None:
        abort(404)
    now = clock.now()
    return cache.page(
        "territories/show.html",
        territory=territory,
        kind=gettext(places.LABELS[territory.kind]),
        above=db.session.execute(territories.around(code)).all(),
        below=db.session.execute(territories.made_of(code)).all(),
        cards=cards.cards(_open(code), now),
        room=db.session.scalars(rooms.moderator_of(code, room_load.reader())).one_or_none(),
        kinds=places.LABELS,
        phases=phases,
        feed=f"/territories/{quote(code)}.atom",
    )


def _open(code: str) -> Sequence[Any]:
    """Return what is open for the people of a territory: of it, above it, and inside it."""
    now = clock.now()
    is_open = consultations.matching(
        load.reader(), now, consultations.Filters(phase=phases.OPEN, near=code)
    )
    query = consultations.cards(is_open, now)
    query = query.order_by(*(column.desc() for column in consultations.LATEST)).limit(MOST_OPEN)
    return db.session.execute(query).all()
