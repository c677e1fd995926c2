"""The local editions of a consultation, and the figures of all of them together."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask.typing import ResponseReturnValue

from ... import cache, clock
from ...access import public
from ...domain import phases
from ...domain.kinds import N_
from ...extensions import db
from ...queries import editions as queries
from ...services import participation
from . import load
from .views import bp

WHO = {
    "resident": N_("Residents"),
    "professional": N_("Professionals and organisations"),
    "unsaid": N_("Not said"),
}
FEWEST = 5  # below, one could tell what each of them thinks
OPINIONS = ("agree", "mixed", "disagree")


class Figures(NamedTuple):
    """What one question received: answers by author and by place, opinions on them."""

    row: Any
    total: int
    own: int
    editions: int
    who: dict[str, int]
    opinions: dict[str, int]


@bp.get("/consultations/<slug>/editions")
@public
def editions(slug: str) -> ResponseReturnValue:
    """Show the local editions, and for each question the answers and opinions of all of them."""
    found, now = load.visible_or_404(slug), clock.now()
    rows = db.session.execute(queries.of(found.id, load.reader(), now)).all()
    held = db.session.execute(queries.figures(found.id, now)).all()
    asked = db.session.execute(queries.questions(found.id)).all()
    shows = all(participation.shows_counts(one, now) for one in (found, *rows))
    lines = [figures(row, [one for one in held if one.question_id == row.id]) for row in asked]
    return cache.page(
        "consultations/editions.html",
        consultation=found,
        editions=[(row, phases.of(row, now)) for row in rows],
        lines=lines,
        shows_opinions=shows,
        givers=_givers(found.id, now) if shows else [],
        who=WHO,
        phases=phases,
        people={name: sum(line.who[name] for line in lines) for name in WHO},
    )


def _givers(consultation_id: str, now: datetime) -> list[Any]:
    """Return the opinions by kind of people, none where a kind is so few that one could tell."""
    rows = db.session.execute(queries.opinions(consultation_id, now)).all()
    return [] if any(row.people < FEWEST for row in rows) else list(rows)


def figures(row: Any, held: Sequence[Any]) -> Figures:
    """Add up the rows of one question."""
    places: Counter[str] = Counter()
    who: Counter[str] = Counter()
    opinions: Counter[str] = Counter()
    for one in held:
        places[one.where] += one.answers
        who[one.who] += one.answers
        for name in OPINIONS:
            opinions[name] += getattr(one, name)
    return Figures(
        row,
        places.total(),
        places["own"],
        places["editions"],
        {name: who[name] for name in WHO},
        {name: opinions[name] for name in OPINIONS},
    )
