"""Themes suggested under each question, from the words of the texts; people name or drop them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from ...domain import extras, readings, suggestions, words
from ...domain.kinds import N_
from ...models import SuggestedTheme, ThemedStatement, new_id
from ...queries import suggested_themes as queries
from .. import inserting
from . import Beat, _texts

LABEL = N_("Suggested themes")
ABOUT = N_(
    "Under each question, some texts speak of the same thing. You name the theme or drop it."
)
BUTTON = N_("Look for themes")
UNIT = N_("%(done)s of %(total)s texts sorted.")
UNABLE = N_("This site cannot look for themes. Read the texts one by one.")
PAGE = "themes"
FEWEST = readings.FEWEST_TEXTS
NEEDS = extras.LEARNING
Place = tuple[str, str]  # a question, or "" and a theme


@dataclass(frozen=True)
class Text:
    """A text, as it is now, and its words."""

    id: str
    version: int
    words: str


@dataclass(frozen=True)
class Found:
    """A suggestion to keep: where, its texts in order; `known` is what people named before."""

    place: Place
    known: str | None
    texts: Sequence[Text]
    terms: Mapping[str, list[str]]


def compute(session: Session, consultation_id: str, beat: Beat) -> list[Found]:
    """Return the themes of each place with enough texts, those that people named among them."""
    places: dict[Place, list[Text]] = defaultdict(list)
    rows = _texts.read(session, consultation_id, lambda done: beat(0, done), queries.texts)
    for row in rows:
        place = (row.question_id or "", "" if row.question_id else row.theme_id or "")
        places[place].append(Text(row.id, row.version, f"{row.title} {row.body}"))
    places.pop(("", ""), None)  # under nothing
    kept, done, found = _kept(session, consultation_id), 0, []
    total = sum(map(len, places.values()))
    for place, texts in sorted(places.items()):
        found += _in_place(place, texts, kept, lambda done=done: beat(done, total))
        done += len(texts)
        beat(done, total)
    return found


def keep(session: Session, consultation_id: str, found: Sequence[Found], now: datetime) -> int:
    """Put what was found in the place of what nobody named; return how many themes there are.

    What people did meanwhile stays: what they named is not touched, what they dropped not put back.
    """
    held = queries.of_consultation(consultation_id).with_for_update()
    rows = session.scalars(held.execution_options(populate_existing=True)).all()
    named = {row.id: row for row in rows if row.state == suggestions.KEPT}
    dropped = [row.terms["stems"] for row in rows if row.state == suggestions.DROPPED]
    before = _held(session, consultation_id)
    old = _of((row.id for row in rows if row.state == suggestions.SUGGESTED), before)
    for row in rows:
        if row.id in old:
            session.delete(row)
    session.flush()
    again = [one for one in found if one.known in named]
    for one in again:
        _renew(session, named[str(one.known)], one)
    fresh = [
        one
        for one in found
        if one.known is None and not suggestions.was_dropped(one.terms["stems"], dropped)
    ]
    same = suggestions.known_again(
        {**old, **_of(named, before)}, [[text.id for text in one.texts] for one in fresh]
    )
    new = [(same.get(number) or new_id(), one) for number, one in enumerate(fresh)]
    new = [(key, one) for key, one in new if key not in named]  # people named it meanwhile
    for key, one in new:
        _add(session, consultation_id, key, one, now)
    return len(again) + len(new)


def _in_place(
    place: Place, texts: Sequence[Text], kept: Mapping[str, set[str]], told: Any
) -> list[Found]:
    from ...domain import suggested_themes as finder  # needs the analysis extra

    where = {text.id: number for number, text in enumerate(texts)}
    here = {
        name: places
        for name, ids in kept.items()
        if (places := sorted(where[one] for one in ids if one in where))
    }
    found = finder.suggest([words.terms(text.words) for text in texts], here, told)
    spoken = words.said(
        (text.words for text in texts), {stem for one in found for stem in one.stems}
    )
    return [
        Found(
            place,
            one.known,
            [texts[number] for number in one.texts],
            {"stems": list(one.stems), "words": [spoken[stem] for stem in one.stems]},
        )
        for one in found
    ]


def _kept(session: Session, consultation_id: str) -> dict[str, set[str]]:
    """Return the texts of what people named, in an order that never changes."""
    query = queries.of_consultation(consultation_id).where(SuggestedTheme.state == suggestions.KEPT)
    ids = session.scalars(query.with_only_columns(SuggestedTheme.id)).all()
    held = _held(session, consultation_id)
    return {one: held[one] for one in ids}


def _held(session: Session, consultation_id: str) -> dict[str, set[str]]:
    held: dict[str, set[str]] = defaultdict(set)
    for suggestion, statement in session.execute(queries.held(consultation_id)):
        held[suggestion].add(statement)
    return held


def _of(keys: Iterable[str], held: Mapping[str, set[str]]) -> dict[str, set[str]]:
    return {key: held[key] for key in keys}


def _renew(session: Session, row: SuggestedTheme, found: Found) -> None:
    """Give a theme that people named its texts of now, and their words; without any, as before."""
    if not found.texts:
        return
    gone = delete(ThemedStatement).where(ThemedStatement.suggestion_id == row.id)
    session.execute(gone.execution_options(synchronize_session=False))
    row.terms = dict(found.terms)
    session.flush()
    _hold(session, row.id, found)


def _add(session: Session, consultation_id: str, key: str, found: Found, now: datetime) -> None:
    question, theme = found.place
    values = {
        "id": key,
        "consultation_id": consultation_id,
        "question_id": question or None,
        "theme_id": theme or None,
        "terms": dict(found.terms),
        "created_at": now,
        "updated_at": now,
    }
    session.add(SuggestedTheme(**values))
    session.flush()
    _hold(session, key, found)


def _hold(session: Session, key: str, found: Found) -> None:
    """Put the texts in a suggestion, but for those that another one holds."""
    rows = [
        {"statement_id": text.id, "suggestion_id": key, "version": text.version, "place": place}
        for place, text in enumerate(found.texts)
    ]
    inserting.many(session, ThemedStatement, rows)
