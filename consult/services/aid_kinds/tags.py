"""Tags proposed for the texts that nobody tagged, learned from those that people tagged."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ...domain import extras, reading_tags, words
from ...domain.kinds import N_
from ...models import ProposedTag, ReadingTag
from ...queries import reading_tags as queries
from .. import inserting
from .. import reading_tags as tagged
from . import Beat, _notes, _texts

LABEL = N_("Tags")
ABOUT = N_("You tag 100 texts by hand. The site proposes the tags of the others.")
BUTTON = N_("Propose the tags of the others")
UNIT = N_("%(done)s of %(total)s texts compared.")
UNABLE = N_("This site cannot propose tags. Tag the texts one by one.")
PAGE = "tags"
FEWEST = reading_tags.BY_HAND
NEEDS = extras.LEARNING
KIND, PLACE = "tags", "all"


@dataclass(frozen=True)
class Found:
    """The rows of what is proposed, and what is said of the whole."""

    rows: Sequence[dict[str, Any]]
    content: dict[str, Any]


def check(session: Session, consultation_id: str) -> None:
    """Raise tag-more-texts or tag-more-tags (409) while people have not tagged enough."""
    reading_tags.check_ready(tagged.counts(session, consultation_id).tags)


def compute(session: Session, consultation_id: str, beat: Beat) -> Found:
    """Return the tags to propose, from what people tagged by now."""
    from ...domain import tagging  # needs the analysis extra

    versions: dict[str, int] = {}
    by_hand: dict[str, tagging.Tagged] = {}
    rest: dict[str, list[str]] = {}
    for row in _texts.read(session, consultation_id, lambda done: beat(0, done), queries.texts):
        terms = words.terms(f"{row.title} {row.body}")
        if row.tag_id is None:
            versions[row.id], rest[row.id] = row.version, terms
        else:
            by_hand[row.id] = tagging.Tagged(terms, row.tag_id)
    total, turns = len(by_hand) + len(rest), Counter[str]()

    def told() -> None:
        turns["done"] += 1
        beat(total * turns["done"] // tagging.FOLDS, total)

    found = tagging.propose(by_hand, rest, told)
    beat(total, total)
    rows = [
        {
            "statement_id": one.text,
            "tag_id": one.tag,
            "version": versions[one.text],
            "confidence": one.confidence,
            "level": one.level,
        }
        for one in found.proposals
    ]
    return Found(rows, {"proposed": len(rows), "abstained": found.abstained})


def keep(session: Session, consultation_id: str, found: Found, now: datetime) -> int:
    """Put what is proposed now in the place of what was; return how many texts.

    What people said meanwhile stays: nothing is proposed for a tag that they removed, nor again
    what they refused.
    """
    tags = {tag.id for tag in session.scalars(queries.locked(consultation_id))}
    old = select(ReadingTag.id).where(ReadingTag.consultation_id == consultation_id)
    gone = delete(ProposedTag).where(ProposedTag.tag_id.in_(old))
    session.execute(gone.execution_options(synchronize_session=False))
    refused = {tuple(row) for row in session.execute(queries.refused(consultation_id))}
    left = [
        one
        for one in found.rows
        if one["tag_id"] in tags and (one["statement_id"], one["tag_id"]) not in refused
    ]
    _notes.keep(session, consultation_id, KIND, [(PLACE, found.content, ())], now)
    return inserting.many(session, ProposedTag, left)
