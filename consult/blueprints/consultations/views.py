"""The list of consultations, the page of each, and the way to share it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from ... import cache, clock
from ...access import public
from ...domain import phases
from ...extensions import db
from ...i18n import gettext
from ...queries import consultations, paging
from ..territories import tiles
from . import asked, cards, contents, load, timeline

bp = Blueprint("consultations", __name__)


@bp.app_template_global("map_of_choices")
def map_of_choices(chosen: str | None) -> tiles.Map:
    """Return the map beside the list: each square narrows it to the people who live there."""
    return tiles.choices(lambda code: f"/consultations?near={code}", chosen)


@bp.get("/consultations")
@public
def index() -> ResponseReturnValue:
    """List the consultations, the open ones first."""
    now, reader = clock.now(), load.reader()
    filters, near = narrowed()
    query = paging.after(
        consultations.cards(consultations.matching(reader, now, filters), now),
        (consultations.openness(now), *consultations.LATEST),
        descending=True,
        cursor_text=asked.cursor(),
    )
    rows, after = paging.cut(
        db.session.execute(query).all(), lambda row: (row.openness, row.published_at, row.id)
    )
    choices = db.session.execute(consultations.choices(reader, now, filters)).all()
    return cache.page(
        "consultations/index.html",
        "consultations/_cards.html",
        cards=cards.cards(rows, now),
        found=found(choices),
        phase_choices=[(name, gettext(label)) for name, label in phases.LABELS.items()],
        territories=options(choices, "territory"),
        tags=options(choices, "tag"),
        filters=filters,
        near=near,
        phases=phases,
        **asked.links(after, target="cards"),
    )


def narrowed() -> tuple[consultations.Filters, str | None]:
    """Return what the list is narrowed to, and the name of the square of the map, if any."""
    filters = asked.filters()
    near = tiles.names().get(filters.near or "")
    return (filters if near else replace(filters, near=None)), near


def options(choices: Sequence[Any], what: str) -> list[tuple[str, str]]:
    """Return the choices of one filter, in the order of their labels."""
    rows = [(row.key, row.label) for row in choices if row.what == what]
    return sorted(rows, key=lambda row: row[1])


def found(choices: Sequence[Any]) -> str:
    """Say how many consultations match; above the bound, only that there are more."""
    return cards.how_many(next(row.number for row in choices if row.what == "found"))


@bp.get("/consultations/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """Show one consultation: who asks and why, its themes, its questions, what came of it."""
    consultation = load.visible_or_404(slug)
    now = clock.now()
    held = contents.gather(consultation)
    return cache.page(
        "consultations/show.html",
        consultation=consultation,
        card=cards.card(consultation, now),
        steps=timeline.steps(consultation, held["stages"], now),
        phases=phases,
        **held,
    )


@bp.get("/consultations/<slug>/share")
@public
def share(slug: str) -> ResponseReturnValue:
    """Give what is needed to tell others about a consultation."""
    consultation = load.visible_or_404(slug)
    address = f"{current_app.config['BASE_URL']}/consultations/{consultation.slug}"
    took_part = gettext(
        "I took part in “%(title)s”. You can answer too: %(address)s",
        title=consultation.title,
        address=address,
    )
    return cache.page(
        "consultations/share.html", consultation=consultation, address=address, took_part=took_part
    )
