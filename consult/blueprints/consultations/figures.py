"""The figures of a consultation: who took part, what they think, the groups they make."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from flask import abort
from flask.typing import ResponseReturnValue

from ... import cache, clock
from ...access import public
from ...domain import group_summaries, masking, places, signatures, stances
from ...domain.kinds import N_
from ...extensions import db
from ...i18n import day, gettext
from ...models import Consultation
from ...queries import opinion_maps, participation
from ...services import opinion_maps as maps
from ...services import participation as taking_part
from . import load
from .views import bp

Table = list[tuple[str, int]]
MOST = 20  # proposals
LETTERS = "ABCDE"
UNSAID = N_("Not said")
CHANNELS = {
    "web": N_("On this site"),
    "paper": N_("On paper"),
    "phone": N_("By phone"),
    "desk": N_("At a desk"),
    "workshop": N_("In a workshop"),
    "import": N_("From another tool"),
}


class Opinion(NamedTuple):
    """A proposal with its opinions, and between which shares agreement lies."""

    id: str
    title: str
    counts: tuple[int, int, int]
    low: float
    high: float


class Groups(NamedTuple):
    """The groups of opinions as the page shows them; texts by their id, hidden ones left out."""

    summary: group_summaries.Summary
    texts: dict[str, str]
    found_at: datetime


@bp.get("/consultations/<slug>/figures")
@public
def figures(slug: str) -> ResponseReturnValue:
    """Show who took part and what they think, small numbers masked."""
    found, now = load.visible_or_404(slug), clock.now()
    if found.published_at is None:
        abort(404)
    shows = taking_part.shows_counts(found, now)
    level = participation.usual_level(found.territory_code)
    return cache.page(
        "consultations/figures.html",
        consultation=found,
        people=db.session.scalar(participation.people(found.id)) or 0,
        days=by_day(found.id, found.time_zone),
        territories=masking.masked(
            [
                (place_name(code, name), number)
                for code, name, number in db.session.execute(
                    participation.by_territory(found, level)
                )
                if number
            ]
        ),
        colleges=masking.masked(by_college(found.id)),
        channels=masking.masked(by_channel(found.id)),
        shows_opinions=shows,
        opinions=list(_opinions(found)) if shows else [],
        groups=_groups(found) if shows else None,
        letters=LETTERS,
    )


def by_day(consultation_id: str, zone: str) -> Table:
    """Add up the ten-minute slots of each day, as the day is in the consultation's zone."""
    place, found = ZoneInfo(zone), Counter[str]()
    dates: dict[str, str] = {}
    for slot, count in db.session.execute(participation.by_slot(consultation_id)):
        at = datetime.fromisoformat(f"{slot.replace('T', ' ')}0:00").replace(tzinfo=UTC)
        local = at.astimezone(place)
        key = local.date().isoformat()
        dates[key] = day(local, zone)
        found[key] += count
    return [(dates[key], found[key]) for key in sorted(found)]


def by_channel(consultation_id: str) -> Table:
    """Return the texts by the way they came."""
    rows = db.session.execute(participation.by_channel(consultation_id))
    return [(gettext(CHANNELS[name]) if name in CHANNELS else name, n) for name, n in rows]


def by_college(consultation_id: str) -> Table:
    """Return the texts by the kind of their author."""
    rows = db.session.execute(participation.by_college(consultation_id))
    labels = signatures.ACTOR_LABELS
    return [
        (gettext(labels[kind]) if kind in labels else gettext("Not said"), n) for kind, n in rows
    ]


def place_name(code: str | None, name: str) -> str:
    """Return the name of a territory with its number, or that it is not said."""
    return gettext(UNSAID) if code is None else places.numbered(code, name)


def _opinions(consultation: Consultation) -> Iterable[Opinion]:
    for row in db.session.execute(opinion_maps.best_known(consultation.id, MOST)):
        counts = (row.agree, row.mixed, row.disagree)
        yield Opinion(row.id, row.title or row.body, counts, *stances.interval(*counts))


def _groups(consultation: Consultation) -> Groups | None:
    kept = maps.kept(db.session(), consultation.id)
    if kept is None:
        return None
    summary, found_at = kept
    told = [*summary.shared, *summary.divides, *(row for rows in summary.typical for row in rows)]
    ids = sorted({row.statement for row in told})
    rows: Iterable[Any] = db.session.execute(opinion_maps.proposals(ids)) if ids else ()
    return Groups(summary, {row.id: row.title or row.body for row in rows}, found_at)
