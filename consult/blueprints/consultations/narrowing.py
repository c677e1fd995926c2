"""The form that narrows a list of answers or proposals."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from unicodedata import normalize

from flask import current_app, g, request

from ...domain import outcomes, places, signatures
from ...extensions import db
from ...i18n import gettext
from ...models import Consultation, Question
from ...queries import statements, territories
from . import asked

FILTERS = ("theme", "question", "territory", "actor", "state")
Options = list[tuple[str, str]]


@dataclass(frozen=True)
class Narrowing:
    """The filters of a list: what is offered, what is chosen."""

    consultation: Consultation
    kind: str
    question: Question | None
    rows: Sequence[Any]
    orders: Sequence[str]
    order: str

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The value of each filter."""
        return {name: asked.word(name) or "" for name in FILTERS} | {"order": self.order}

    @cached_property
    def shown(self) -> Hashable:
        """What the form shows, in plain values: the same makes the same form."""
        named = tuple((row.key, row.label) for row in self.rows if row.what != "found")
        chosen = tuple(self.chosen.items())
        code = self.place
        held: Hashable = tuple(inside(code)) if places.is_grouping(code) else code
        return (request.path, held, named, self.orders, chosen)

    @property
    def place(self) -> str | None:
        """The territory of the consultation, by its code."""
        return self.consultation.territory_code

    @cached_property
    def choices(self) -> dict[str, Options]:
        """The values and labels of each filter."""
        in_order = sorted(self.rows, key=lambda row: row.number)
        labels = {
            statements.LEAST_EXPOSED: gettext("Least seen first"),
            statements.NEWEST: gettext("Newest first"),
            statements.SUPPORTED: gettext("Best supported first"),
            statements.DISCUSSED: gettext("Most discussed first"),
        }
        return {
            "theme": [(row.key, row.label) for row in in_order if row.what == "theme"],
            "question": [(row.key, row.label) for row in in_order if row.what == "question"],
            "territory": inside(self.place)
            + [(row.key, row.label) for row in in_order if row.what == "grouping"],
            "actor": [(key, gettext(label)) for key, label in signatures.ACTOR_LABELS.items()],
            "state": [(key, gettext(label)) for key, label in outcomes.LABELS.items()],
            "order": [(order, labels[order]) for order in self.orders],
        }


def inside(code: str | None) -> Options:
    """Return the territories inside one, read once: they only change when the site starts.

    Those of a grouping change when an administrator says so: they are read once a page.
    """
    if places.is_grouping(code):
        known: dict[str | None, Options] = g.setdefault("groupings", {})
    else:
        known = current_app.extensions.setdefault("territories", {})
    if code not in known:
        rows = db.session.execute(territories.inside(code)).all()
        known[code] = sorted(((row.code, row.name) for row in rows), key=_plain)
    return known[code]


def _plain(option: tuple[str, str]) -> str:
    return normalize("NFD", option[1]).encode("ascii", "ignore").decode().lower()
