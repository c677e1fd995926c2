"""Who took part: by question, by day, by territory, by channel."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ... import clock
from ...access import requires
from ...domain import places
from ...domain.kinds import N_
from ...extensions import db
from ...i18n import day, gettext
from ...models import Consultation
from ...queries import participation
from ..consultations import cards
from ..territories import tiles
from .blueprint import bp, managed

Table = list[tuple[str, int]]
LEVELS = {
    participation.REGION: N_("By region"),
    participation.DEPARTMENT: N_("By département"),
    participation.GIVEN: N_("As people said it"),
}
CHANNELS = {
    "web": N_("On this site"),
    "paper": N_("On paper"),
    "phone": N_("By phone"),
    "desk": N_("At a desk"),
    "workshop": N_("In a workshop"),
    "import": N_("From another tool"),
}


@bp.get("/consultations/<slug>/participation")
@requires("participation.read")
def participation_of(slug: str) -> ResponseReturnValue:
    """Show how many took part, as tables and charts."""
    consultation = managed(slug, "participation.read")
    usual = participation.usual_level(consultation.territory_code)
    level = request.args.get("level", usual)
    level = level if level in LEVELS else usual
    rows = db.session.execute(participation.by_territory(consultation, level)).all()
    return render_template(
        "console/participation.html",
        consultation=consultation,
        card=cards.card(consultation, clock.now()),
        people=db.session.scalar(participation.people(consultation.id)) or 0,
        questions=[
            (f"{row.label}.{row.number} {row.wording}", row.answers)
            for row in db.session.execute(participation.by_question(consultation.id))
        ],
        days=_days(consultation.id, consultation.time_zone),
        territories=[(_name(code, name), n) for code, name, n in rows if n],
        missing=[name for _code, name, n in rows if not n and name],
        level=level,
        levels=LEVELS,
        map=_map(consultation, rows if level == participation.DEPARTMENT else None),
        channels=[
            (gettext(CHANNELS[name]) if name in CHANNELS else name, n)
            for name, n in _rows(participation.by_channel(consultation.id))
        ],
    )


def _name(code: str | None, name: str) -> str:
    return gettext("Not said") if code is None else places.numbered(code, name)


def _map(consultation: Consultation, rows: Sequence[Any] | None) -> tiles.Map:
    """Return the map of the texts by département, each square leading to the texts themselves."""
    if rows is None:
        query = participation.by_territory(consultation, participation.DEPARTMENT)
        rows = db.session.execute(query).all()
    kind = "answers" if consultation.answers or not consultation.proposals else "proposals"
    here = f"/consultations/{consultation.slug}/{kind}?territory="
    return tiles.numbers({row[0]: row[2] for row in rows if row[0]}, lambda code: here + code)


def _rows(query: Any) -> Table:
    return [(row[0], row[1]) for row in db.session.execute(query)]


def _days(consultation_id: str, zone: str) -> Table:
    """Add up the ten-minute slots of each day, as the day is in the consultation's zone."""
    place, found = ZoneInfo(zone), Counter[str]()
    dates: dict[str, str] = {}
    for slot, count in _rows(participation.by_slot(consultation_id)):
        at = datetime.fromisoformat(f"{slot.replace('T', ' ')}0:00").replace(tzinfo=UTC)
        local = at.astimezone(place)
        key = local.date().isoformat()
        dates[key] = day(local, zone)
        found[key] += count
    return [(dates[key], found[key]) for key in sorted(found)]
