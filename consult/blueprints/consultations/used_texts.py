"""Where the published syntheses use texts: for the pages of these, and for their authors."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flask import g

from ... import clock
from ...domain.syntheses import composed
from ...extensions import db
from ...models import Outcome, Statement, SynthesisVersion
from ...queries import extracts as queries
from . import load

MOST_PARTS = 10
MOST_KEPT = 64


class Used(NamedTuple):
    """A part of a published synthesis that quotes a text, and what became of that part."""

    synthesis_id: str
    slug: str
    synthesis: str
    part_id: str
    number: str
    label: str
    title: str
    outcome: Outcome | None = None


# The texts that a version quotes, by its key: what was published does not change.
_read: dict[str, Mapping[str, Sequence[composed.Part]]] = {}


def of_text(statement: Statement) -> Sequence[Used]:
    """Return the parts of the syntheses in force that quote a text; none while it is not public."""
    if statement.state != "published":
        return ()
    return of_texts([statement.consultation_id]).get(statement.id, ())


def of_texts(consultation_ids: Sequence[str]) -> Mapping[str, Sequence[Used]]:
    """Return the parts that quote each text of some consultations, asked for once a request."""
    wanted = tuple(sorted(set(consultation_ids)))
    known: dict[tuple[str, ...], Mapping[str, Sequence[Used]]] = g.setdefault("used_texts", {})
    if wanted not in known:
        known[wanted] = _of(wanted) if wanted else {}
    return known[wanted]


def versions(consultation_ids: Sequence[str]) -> Sequence[Any]:
    """Return the versions in force of the syntheses that draw on some consultations."""
    wanted = tuple(sorted(set(consultation_ids)))
    known: dict[tuple[str, ...], Sequence[Any]] = g.setdefault("versions_in_force", {})
    if wanted not in known:
        query = queries.in_force(wanted, load.reader(), clock.now())
        known[wanted] = db.session.execute(query).all() if wanted else []
    return known[wanted]


def _of(consultation_ids: Sequence[str]) -> Mapping[str, Sequence[Used]]:
    found: dict[str, list[Used]] = {}
    for row in versions(consultation_ids):
        for statement_id, parts in _quoted(row.version_id).items():
            held = found.setdefault(statement_id, [])
            held += [
                Used(
                    row.synthesis_id, row.slug, row.title, one.id, one.number, one.label, one.title
                )
                for one in parts[: MOST_PARTS - len(held)]
            ]
    return found


def _quoted(version_id: str) -> Mapping[str, Sequence[composed.Part]]:
    if version_id not in _read:
        if len(_read) >= MOST_KEPT:
            _read.clear()
        version = db.session.get_one(SynthesisVersion, version_id)
        _read[version_id] = composed.quoting(composed.read(version.content))
    return _read[version_id]
