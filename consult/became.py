"""What became of texts: where the published syntheses use them, what the organiser answered."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from .domain import outcomes
from .domain.syntheses import composed
from .extensions import db
from .i18n import gettext
from .models import Outcome, Statement
from .queries import extracts as queries
from .queries import outcomes as outcome_queries

MOST_PARTS = 10


class Used(NamedTuple):
    """A part of a published synthesis that quotes a text, and what became of that part."""

    slug: str
    synthesis: str
    part_id: str
    number: str
    label: str
    title: str
    outcome: Outcome | None = None


class Became(NamedTuple):
    """What became of a text: of itself, of the question it answers, of the parts that quote it."""

    own: Outcome | None = None
    asked: Outcome | None = None
    used: Sequence[Used] = ()
    reading: str = ""


def of_text(statement: Statement) -> list[Used]:
    """Return the parts of the syntheses in force that quote a text; none while it is not public."""
    if statement.state != "published":
        return []
    rows = db.session.execute(queries.published_with(statement.id, statement.consultation_id)).all()
    return _used(rows, {statement.id}).get(statement.id, [])


def of_texts(rows: Iterable[Any]) -> dict[str, Became]:
    """Return what became of texts, by their ids: rows with `id`, `state` and `slug`."""
    texts = {row.id: row for row in rows}
    found = dict.fromkeys(texts, Became())
    if not texts:
        return found
    for row in db.session.execute(outcome_queries.of_texts(list(texts))):
        name = "asked" if row.Outcome.statement_id is None else "own"
        found[row.statement_id] = found[row.statement_id]._replace(**{name: row.Outcome})
    public = {key: row.slug for key, row in texts.items() if row.state == "published"}
    versions = db.session.execute(queries.in_force(sorted({*public.values()}))).all()
    if versions:
        for text_id, used in _used(versions, set(public)).items():
            found[text_id] = found[text_id]._replace(used=used)
        for row in db.session.execute(outcome_queries.readings(list(public))):
            found[row.statement_id] = found[row.statement_id]._replace(reading=row.state)
    return found


def verdict(outcome: Outcome) -> str:
    """Return a verdict in words."""
    return gettext(outcomes.LABELS[outcome.verdict])


def _used(rows: Sequence[Any], ids: set[str]) -> dict[str, list[Used]]:
    """Return the parts that quote some texts, by text, with what became of each part."""
    held: dict[str, list[tuple[str, Used]]] = {}
    for row in rows:
        for part in composed.read(row.content).parts:
            used = Used(row.slug, row.title, part.id, part.number, part.label, part.title)
            for text_id in {quote.statement for quote in part.quotes} & ids:
                held.setdefault(text_id, []).append((row.id, used))
    keys = {(synthesis, used.part_id) for ones in held.values() for synthesis, used in ones}
    given = _given(keys)
    return {
        text_id: [
            used._replace(outcome=given.get((synthesis, used.part_id)))
            for synthesis, used in ones[:MOST_PARTS]
        ]
        for text_id, ones in held.items()
    }


def _given(keys: set[tuple[str, str]]) -> dict[tuple[str, str], Outcome]:
    if not keys:
        return {}
    query = outcome_queries.of_any_parts(sorted({part_id for _synthesis, part_id in keys}))
    found = {(one.synthesis_id or "", one.part_id or ""): one for one in db.session.scalars(query)}
    return {key: one for key, one in found.items() if key in keys}
