"""Who took part: by question, by day, by territory, by channel."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ... import clock
from ...access import requires
from ...domain.kinds import N_
from ...extensions import db
from ...models import Consultation
from ...queries import participation
from ..consultations import cards, figures
from ..territories import tiles
from .blueprint import bp, managed

LEVELS = {
    participation.REGION: N_("By region"),
    participation.DEPARTMENT: N_("By département"),
    participation.GIVEN: N_("As people said it"),
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
        days=figures.by_day(consultation.id, consultation.time_zone),
        territories=[(figures.place_name(code, name), n) for code, name, n in rows if n],
        missing=[name for _code, name, n in rows if not n and name],
        level=level,
        levels=LEVELS,
        map=_map(consultation, rows if level == participation.DEPARTMENT else None),
        channels=figures.by_channel(consultation.id),
    )


def _map(consultation: Consultation, rows: Sequence[Any] | None) -> tiles.Map:
    """Return the map of the texts by département, each square leading to the texts themselves."""
    if rows is None:
        query = participation.by_territory(consultation, participation.DEPARTMENT)
        rows = db.session.execute(query).all()
    kind = "answers" if consultation.answers or not consultation.proposals else "proposals"
    here = f"/consultations/{consultation.slug}/{kind}?territory="
    return tiles.numbers({row[0]: row[2] for row in rows if row[0]}, lambda code: here + code)
