"""Chapters of a notebook that quote one side only, while enough people take the other one."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ..domain import blocks, positions
from ..models import Synthesis
from ..queries import sides as queries


@dataclass(frozen=True)
class Missing:
    """A chapter, its theme, the side that it leaves out, how many people take that side."""

    title: str
    theme_id: str
    side: str
    people: int


@dataclass
class _Chapter:
    title: str
    theme_id: str | None
    quoted: set[str]


def left_out(session: Session, synthesis: Synthesis) -> list[Missing]:
    """Return the chapters that quote one side only, in order."""
    chapters = [one for one in _chapters(session, synthesis.id) if _is_one_sided(one)]
    if not chapters:
        return []
    people: dict[str | None, dict[str, int]] = defaultdict(dict)
    for row in session.execute(queries.taken(synthesis.consultation_id)):
        people[row.theme_id][row.side] = row.people
    rows = session.execute(queries.everyone(synthesis.consultation_id))
    everyone: dict[str | None, int] = {row.theme_id: row.people for row in rows}
    found = []
    for one in chapters:
        total = everyone.get(one.theme_id, 0)
        missing = positions.side_left_out(people[one.theme_id], total, one.quoted)
        if missing is not None:
            found.append(Missing(one.title, one.theme_id or "", *missing))
    return found


def _chapters(session: Session, synthesis_id: str) -> list[_Chapter]:
    """Return the chapters of a theme, each with the sides that its blocks quote."""
    found: list[_Chapter] = []
    current: str | None = None
    for row in session.execute(queries.quoted(synthesis_id)):
        if blocks.rank(row.kind) == 1 and row.id != current:
            current = row.id
            found.append(_Chapter(row.title, row.theme_id, set()))
        if found and row.side:
            found[-1].quoted.add(row.side)
    return found


def _is_one_sided(chapter: _Chapter) -> bool:
    sides = chapter.quoted & {positions.FOR, positions.AGAINST}
    return chapter.theme_id is not None and len(sides) == 1
