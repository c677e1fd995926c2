"""A territory as it is typed in a form: what its words may mean, offered as a short list."""

from collections.abc import Mapping, Sequence
from typing import Any

from ...domain import places
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext
from ...queries import territories

MOST = 8
SHORTEST = 2
Pairs = list[tuple[str, str]]


def meant(signing: Mapping[str, str], broken: RuleBroken | None) -> Pairs:
    """Return the territories that a form just refused may have meant; none in other cases."""
    if broken is None or broken.code != "territory-several":
        return []
    return found(signing["territory_name"], groupings=False)


def found(typed: str, *, groupings: bool) -> Pairs:
    """Return the code and the full name of what words name, one more than a list shows."""
    if len(typed.strip()) < SHORTEST:
        return []
    query = territories.found(typed, limit=MOST + 1, groupings=groupings)
    return named(db.session.execute(query).all())


def named(rows: Sequence[Any]) -> Pairs:
    """Return the code and the full name of territories: Nancy, commune, Meurthe-et-Moselle."""
    return [(row.code, ", ".join(filter(None, (row.name, *_more(row))))) for row in rows]


def _more(row: Any) -> tuple[str | None, ...]:
    return row.district, _kind(row.kind), row.parent_name


def _kind(kind: str) -> str:
    return gettext(places.LABELS[kind]).lower()
