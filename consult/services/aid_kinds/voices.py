"""Passages that stand for many texts, each position heard, and texts that resemble no other."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from ...domain import extras, passages, positions, readings
from ...domain.kinds import N_
from ...queries import reading_notes as queries
from . import Beat, _notes

LABEL = N_("Passages that stand for others")
ABOUT = N_("Five passages for each theme and question, each position heard, and the rare voices.")
BUTTON = N_("Look for these passages")
UNIT = N_("%(done)s of %(total)s texts compared.")
UNABLE = N_("This site cannot compare texts. Read them one by one.")
PAGE = "voices"
FEWEST = readings.FEWEST_TEXTS
NEEDS = extras.LEARNING
KIND = queries.VOICES
Found = list[tuple[str, dict[str, Any], Sequence[dict[str, Any]]]]


def compute(session: Session, consultation_id: str, beat: Beat) -> Found:
    """Return what is shown of each theme and question."""
    from ...domain import selections  # needs the analysis extra

    read = _notes.places(session, consultation_id, lambda done: beat(0, done))
    total, done = sum(len(texts) for texts in read.values()), 0
    found: Found = []
    for place, texts in read.items():
        beat(done, total)
        declared = {one.id: _declared(one) for one in texts}
        held = [
            selections.Text(
                one.id,
                passages.text_of(one.title, one.body),
                positions.Voice(one.id, one.person, declared[one.id]),
                one.leader,
            )
            for one in texts
        ]
        chosen = selections.select(held, partial(_told, beat, done, total))
        said = positions.spoken((declared[one.id], one.place) for one in texts)
        found.append((place, _content(texts, chosen, said), _rows(texts, chosen)))
        done += len(texts)
    beat(done, total)
    return found


def keep(session: Session, consultation_id: str, found: Found, now: datetime) -> int:
    """Put the new passages in the place of the old ones; return in how many places."""
    return _notes.keep(session, consultation_id, KIND, found, now)


def _told(beat: Beat, done: int, total: int, _some: int) -> None:
    beat(done, total)


def _declared(one: Any) -> tuple[str, ...]:
    return positions.declared(one.side, one.opinion, one.actor_kind, one.place)


def _content(texts: Sequence[Any], chosen: Any, said: dict[str, str]) -> dict[str, Any]:
    """Return what is kept of a place: how many texts, what is covered, who holds what."""
    return {
        "texts": len(texts),
        "compared": chosen.texts,
        "covered": round(chosen.covered, 4),
        "alone": len(chosen.alone),
        "positions": [[one, number, said.get(one, "")] for one, number in chosen.positions.items()],
    }


def _rows(texts: Sequence[Any], chosen: Any) -> list[dict[str, Any]]:
    versions = {one.id: one.version for one in texts}
    shown = [
        {
            "alone": False,
            "statement_id": one.id,
            "version": versions[one.id],
            "position": place,
            "starts": one.starts,
            "ends": one.ends,
            "kept_for": "".join(one.kept_for),
        }
        for place, one in enumerate(chosen.verbatims)
    ]
    return shown + [
        {
            "alone": True,
            "statement_id": one,
            "version": versions[one],
            "position": place,
            "starts": 0,
            "ends": 0,
            "kept_for": "",
        }
        for place, one in enumerate(chosen.alone)
    ]
