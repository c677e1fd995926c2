"""What became of texts: where the published syntheses use them, what the organiser answered."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ...domain import outcomes
from ...extensions import db
from ...i18n import gettext
from ...models import Outcome, Statement
from ...queries import outcomes as queries
from . import used_texts
from .used_texts import Used


class Became(NamedTuple):
    """What became of a text: of itself, of the question it answers, of the parts that quote it."""

    own: Outcome | None = None
    asked: Outcome | None = None
    used: Sequence[Used] = ()
    reading: str = ""

    @property
    def reply(self) -> Outcome | None:
        """Return what the organiser answered, of the text before what surrounds it."""
        parts = (one.outcome for one in self.used if one.outcome)
        return self.own or self.asked or next(parts, None)


def of_text(statement: Statement) -> Sequence[Used]:
    """Return the parts of the syntheses in force that quote a text, with what became of each."""
    used = used_texts.of_text(statement)
    return _answered({statement.id: used})[statement.id]


def of_texts(rows: Iterable[Any]) -> dict[str, Became]:
    """Return what became of texts, by their ids: rows with `id`, `state`, `consultation_id`."""
    texts = {row.id: row for row in rows}
    found = dict.fromkeys(texts, Became())
    if not texts:
        return found
    for row in db.session.execute(queries.of_texts(list(texts))):
        name = "asked" if row.Outcome.statement_id is None else "own"
        found[row.statement_id] = found[row.statement_id]._replace(**{name: row.Outcome})
    public = {key: row.consultation_id for key, row in texts.items() if row.state == "published"}
    if used_texts.versions(list(public.values())):
        held = used_texts.of_texts(list(public.values()))
        for key, used in _answered({key: held.get(key, ()) for key in public}).items():
            found[key] = found[key]._replace(used=used)
        for row in db.session.execute(queries.readings(list(public))):
            found[row.statement_id] = found[row.statement_id]._replace(reading=row.state)
    return found


def verdict(outcome: Outcome) -> str:
    """Return a verdict in words."""
    return gettext(outcomes.LABELS[outcome.verdict])


def _answered(held: Mapping[str, Sequence[Used]]) -> dict[str, list[Used]]:
    """Say of each part what became of it."""
    parts = {used.part_id for ones in held.values() for used in ones}
    answers = db.session.scalars(queries.of_any_parts(sorted(parts))) if parts else ()
    given = {(one.synthesis_id, one.part_id): one for one in answers}
    return {
        key: [used._replace(outcome=given.get((used.synthesis_id, used.part_id))) for used in ones]
        for key, ones in held.items()
    }
