"""What the pages of the reading room are asked for, and what they act on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, url_for

from ... import clock
from ...domain import places as names
from ...domain import readings as rules
from ...extensions import db
from ...models import Consultation, Territory
from ...queries import console, readings, territories
from . import lifecycle
from .blueprint import key_or_404, managed

ACTION = "synthesis.write"
_KEY = re.compile(r"[0-9A-Za-z]{1,18}", re.ASCII)
_CODE = re.compile(r"[A-Z]-?[0-9A-Za-z]{1,20}|FR", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """What the reading is narrowed to, as links and forms carry it."""

    place: str = ""  # "t:" and a theme, "q:" and a question
    territory: str = ""

    @property
    def filters(self) -> readings.Filters:
        """The same, as the queries ask for it."""
        what, _colon, key = self.place.partition(":")
        return readings.Filters(
            theme_id=key if what == "t" else None,
            question_id=key if what == "q" else None,
            territory=self.territory or None,
        )

    @property
    def given(self) -> dict[str, str]:
        """The names and values to carry."""
        found = {"place": self.place, "territory": self.territory}
        return {name: value for name, value in found.items() if value}

    def url(self, endpoint: str, **values: Any) -> str:
        """Return the address of a page that is narrowed alike."""
        return url_for(f"console.{endpoint}", **{**self.given, **values})


def asked(values: Mapping[str, str]) -> Asked:
    """Read what the reading is narrowed to; what is not a word of it is as good as absent."""
    what, _colon, key = values.get("place", "").partition(":")
    place = f"{what}:{key}" if what in ("t", "q") and _KEY.fullmatch(key) else ""
    code = values.get("territory", "").strip()
    return Asked(place, code if _CODE.fullmatch(code) else "")


def consultation_of(slug: str) -> Consultation:
    """Return the consultation that is read, for whoever writes its synthesis."""
    return managed(slug, ACTION)


def contribution(consultation: Consultation, statement_id: str) -> Any:
    """Return a contribution in full, or answer 404 for what is none of this consultation."""
    key_or_404(statement_id)
    query = readings.detail(consultation.id, statement_id, clock.now())
    row = db.session.execute(query).one_or_none()
    if row is None:
        abort(404)
    return row


def places_of(consultation: Consultation) -> list[tuple[str, str]]:
    """Return the themes and the questions that the reading may be narrowed to."""
    found = [("", "")]
    rows = db.session.execute(console.structure(consultation.id)).all()
    for theme, questions in lifecycle.chapters(rows):
        found.append((f"t:{theme.theme_id}", f"{theme.label}. {theme.title}"))
        found += [(f"q:{one.id}", f"{theme.label}.{one.number} {one.wording}") for one in questions]
    return found


def territories_of(consultation: Consultation) -> list[tuple[str, str]]:
    """Return the territories that the reading may be narrowed to."""
    query = territories.inside(consultation.territory_code).order_by(Territory.name, Territory.code)
    rows = db.session.execute(query)
    return [("", "")] + [(row.code, names.numbered(row.code, row.name)) for row in rows]


def add_up(rows: Any) -> tuple[dict[str, int], int]:
    """Return the total with how many texts became each thing, and how many wait."""
    found, waiting = dict.fromkeys(rules.STATES, 0), 0
    for row in rows:
        found[row.became] = row.number
        waiting += row.waiting
    return {"total": sum(found.values()), **found}, waiting
