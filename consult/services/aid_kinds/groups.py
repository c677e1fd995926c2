"""Texts that say nearly the same, grouped around one of them, which is shown with its number."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from ...domain import extras, passages, readings
from ...domain.kinds import N_
from ...models import GroupedStatement
from ...queries import readings as queries
from .. import inserting
from . import Beat, _texts

LABEL = N_("Texts that say the same")
ABOUT = N_("Many people may send the same text. It is shown once, and each one counts.")
BUTTON = N_("Group the texts that say the same")
UNIT = N_("%(done)s of %(total)s texts compared.")
UNABLE = N_("This site cannot compare texts. Read them one by one.")
PAGE = ""
FEWEST = readings.FEWEST_TEXTS
NEEDS = extras.NUMBERS
Text = tuple[str, str]


def compute(session: Session, consultation_id: str, beat: Beat) -> list[dict[str, Any]]:
    """Return the rows of the groups among the texts of a consultation."""
    versions: dict[str, int] = {}
    read: list[Text] = []
    for one in _texts.read(session, consultation_id, lambda done: beat(0, done)):
        versions[one.id] = one.version
        read.append((one.id, passages.text_of(one.title, one.body)))
    total = len(read)
    return [
        {
            "statement_id": member,
            "consultation_id": consultation_id,
            "leader_id": leader,
            "version": versions[member],
            "leader_version": versions[leader],
        }
        for leader, held in _find(read, lambda done: beat(done, total))
        for member in held
        if member != leader
    ]


def keep(
    session: Session, consultation_id: str, found: Sequence[dict[str, Any]], _now: datetime
) -> int:
    """Put the new groups in the place of the old ones; return how many texts are grouped."""
    gone = delete(GroupedStatement).where(GroupedStatement.consultation_id == consultation_id)
    session.execute(gone.execution_options(synchronize_session=False))
    apart = set(session.scalars(queries.apart(consultation_id)))  # taken out meanwhile
    left = [one for one in found if one["statement_id"] not in apart]
    inserting.many(session, GroupedStatement, left)
    return len(left)


def _find(
    texts: Sequence[Text], told: Callable[[int], None]
) -> Sequence[tuple[str, Sequence[str]]]:
    from ...domain import campaigns  # needs the analysis extra

    return [(one.leader, one.members) for one in campaigns.find(texts, told)]
