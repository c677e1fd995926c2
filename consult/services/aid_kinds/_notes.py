"""What aids find in each theme and question: the texts they work on there, the notes they keep."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ...models import NotedText, ReadingNote, new_id
from ...queries import reading_notes as queries
from .. import inserting
from . import _texts

THEME, QUESTION = "t", "q"
Places = Mapping[str, Sequence[Any]]


def places(session: Session, consultation_id: str, told: Callable[[int], None]) -> Places:
    """Return the texts of each theme and question, the places in order, their texts by id.

    What hangs on a text is where that one is; an answer to several questions is in each.
    """
    more: dict[str, list[str]] = defaultdict(list)
    for answer, question in session.execute(queries.further(consultation_id)):
        more[answer].append(question)
    found: dict[str, list[Any]] = defaultdict(list)
    for one in _texts.read(session, consultation_id, told, queries.texts):
        if one.theme_id:
            found[f"{THEME}:{one.theme_id}"].append(one)
        for question in dict.fromkeys((one.question_id, *more[one.root])):
            if question:
                found[f"{QUESTION}:{question}"].append(one)
    return {place: found[place] for place in sorted(found)}


def keep(
    session: Session,
    consultation_id: str,
    kind: str,
    found: Sequence[tuple[str, dict[str, Any], Sequence[dict[str, Any]]]],
    now: datetime,
) -> int:
    """Put notes, each of a place with its texts, in the place of those there; return how many."""
    old = select(ReadingNote.id).where(
        ReadingNote.consultation_id == consultation_id, ReadingNote.kind == kind
    )
    for gone in (
        delete(NotedText).where(NotedText.note_id.in_(old)),
        delete(ReadingNote).where(ReadingNote.id.in_(old)),
    ):
        session.execute(gone.execution_options(synchronize_session=False))
    notes, texts = [], []
    for place, content, held in found:
        own = new_id()
        notes.append(
            {
                "id": own,
                "consultation_id": consultation_id,
                "kind": kind,
                "place": place,
                "content": content,
                "created_at": now,
            }
        )
        texts += [{"note_id": own, **one} for one in held]
    inserting.many(session, ReadingNote, notes)
    inserting.many(session, NotedText, texts)
    return len(notes)
