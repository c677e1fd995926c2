"""The words that tell a theme, or a question, from the others."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ...domain import key_terms, words
from ...domain.kinds import N_
from ...queries import reading_notes as queries
from . import Beat, _notes

LABEL = N_("Words of each theme")
ABOUT = N_("The words that people use in one theme, and hardly in the others.")
BUTTON = N_("Look for the words of each theme")
UNIT = N_("%(done)s of %(total)s texts read.")
UNABLE = N_("This site cannot compare texts. Read them one by one.")
PAGE = "terms"
FEWEST = 2 * key_terms.FEWEST_TEXTS
NEEDS: Sequence[str] = ()
KIND = queries.TERMS
Found = list[tuple[str, dict[str, Any], Sequence[dict[str, Any]]]]


def compute(session: Session, consultation_id: str, beat: Beat) -> Found:
    """Return the telling terms of each theme among the themes, of each question among them."""
    read = _notes.places(session, consultation_id, lambda done: beat(0, done))
    total = sum(len(texts) for texts in read.values())
    beat(0, total)
    telling = {
        place: terms
        for kind in (_notes.THEME, _notes.QUESTION)
        for place, terms in key_terms.telling(_held(read, kind)).items()
    }
    found: Found = []
    done = 0
    for place, texts in read.items():
        found.append((place, _content(texts, telling.get(place, ())), ()))
        done += len(texts)
        beat(done, total)
    return found


def keep(session: Session, consultation_id: str, found: Found, now: datetime) -> int:
    """Put the new words in the place of the old ones; return in how many places."""
    return _notes.keep(session, consultation_id, KIND, found, now)


def _held(read: _notes.Places, kind: str) -> dict[str, list[key_terms.Text]]:
    return {
        place: [
            key_terms.Text(
                key_terms.terms_of(one.search),
                again=one.leader is not None and one.leader != one.id,
            )
            for one in texts
        ]
        for place, texts in read.items()
        if place.startswith(f"{kind}:")
    }


def _content(texts: Sequence[Any], terms: Sequence[key_terms.Term]) -> dict[str, Any]:
    """Return what is kept of a place: its number of texts, its words as they are said."""
    said = words.said((f"{one.title} {one.body}" for one in texts), [one.stem for one in terms])
    return {
        "texts": len(texts),
        "terms": [{"stem": one.stem, "word": said[one.stem], "texts": one.texts} for one in terms],
    }
