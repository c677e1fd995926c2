"""The contents of a consultation's page, gathered from a fixed number of queries."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row

from ... import access, clock
from ...domain import outcomes as verdicts
from ...domain import phases
from ...extensions import db
from ...i18n import gettext, number
from ...models import Consultation
from ...queries import editions, outlines
from . import load

MOST_THEMES = 100
MEGABYTE = 1_000_000


class Chapter(NamedTuple):
    """A theme with its questions and its first proposals."""

    theme: Any
    questions: list[Any]
    articles: list[Any]
    has_more: bool


def gather(consultation: Consultation) -> dict[str, Any]:
    """Return what the page of a consultation needs, beside the consultation itself."""
    now = clock.now()
    rows = db.session.execute(
        outlines.questions(consultation.id, access.viewer().participant_id).add_columns(
            editions.answers_elsewhere(now).label("elsewhere")
        )
    ).all()
    around = db.session.execute(outlines.surroundings(consultation, load.reader(), now)).all()
    by_kind: dict[str, list[Any]] = {}
    for row in around:
        by_kind.setdefault(row.what, []).append(row)
    return {
        "chapters": chapters(rows, _articles(consultation, rows)),
        "questions": [row for row in rows if row.id is not None],
        "stages": sorted(by_kind.get("stage", []), key=lambda row: row.number),
        "tags": sorted(row.label for row in by_kind.get("tag", [])),
        "documents": [document(row) for row in by_kind.get("document", [])],
        "territory": "".join(row.label for row in by_kind.get("territory", [])),
        "follows": by_kind.get("follows", []),
        "followed": by_kind.get("followed", []),
        "editions": sorted(by_kind.get("edition", []), key=lambda row: row.label),
        "syntheses": by_kind.get("synthesis", []),
        "edition_of": by_kind.get("edition_of", []),
        "outcomes": _outcomes(consultation),
        "verdicts": verdicts.LABELS,
    }


def document(row: Any) -> dict[str, str]:
    """Say where a document is, its format and its weight: links to files announce both."""
    extension = row.note.rpartition(".")[2].upper() if "." in row.note else gettext("file")
    return {"id": row.key, "title": row.label, "details": f"{extension}, {weight(row.number)}"}


def weight(size: int) -> str:
    """Write a number of bytes as people read it."""
    if size < MEGABYTE:
        return gettext("%(n)s kB", n=number(max(1, round(size / 1_000))))
    return gettext("%(n)s MB", n=number(round(size / MEGABYTE, 1)))


def chapters(rows: Sequence[Row[Any]], articles: Sequence[Row[Any]]) -> list[Chapter]:
    """Group questions and proposals under their themes, in the themes' order."""
    themes: dict[str, Any] = {}
    asked: dict[str, list[Any]] = {}
    for row in rows:
        themes.setdefault(row.theme_id, row)
        if row.id is not None:
            asked.setdefault(row.theme_id, []).append(row)
    put: dict[str, list[Any]] = {}
    for article in articles:
        put.setdefault(article.theme_id, []).append(article)
    limit = outlines.ARTICLES
    return [
        Chapter(
            theme,
            asked.get(theme_id, []),
            put.get(theme_id, [])[:limit],
            len(put.get(theme_id, [])) > limit,
        )
        for theme_id, theme in themes.items()
    ]


def _articles(consultation: Consultation, rows: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
    if not consultation.proposals:
        return []
    theme_ids = list(dict.fromkeys(row.theme_id for row in rows))[:MOST_THEMES]
    return db.session.execute(outlines.articles(theme_ids)).all()


def _outcomes(consultation: Consultation) -> Sequence[Row[Any]]:
    if not phases.may("report_outcome", phases.of(consultation, clock.now())):
        return []
    return db.session.execute(outlines.outcomes(Consultation.id == consultation.id)).all()
