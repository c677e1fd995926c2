"""The opinion groups of a consultation: found in the background, kept, read again."""

import json
from dataclasses import asdict
from datetime import datetime

from sqlalchemy.orm import Session

from ..domain import group_summaries
from ..domain.errors import RuleBroken
from ..models import OpinionMap
from ..queries import opinion_maps as queries


def refresh(session: Session, *, now: datetime) -> bool:
    """Look at the consultation whose turn it is; tell whether there was one.

    The groups are found again only when the number of opinions has changed. Needs the analysis
    extra. What is worked out from public counts is no act of anybody: the journal says nothing.
    """
    consultation_id = session.scalar(queries.due(now))
    if consultation_id is None:
        return False
    kept = session.get(OpinionMap, consultation_id, with_for_update=True)
    opinions = session.scalars(queries.number(consultation_id)).one()
    if kept is None:
        kept = OpinionMap(consultation_id=consultation_id, opinions=-1, content="", found_at=now)
        session.add(kept)
    if kept.opinions != opinions:
        kept.content = _found(session, consultation_id)
    kept.opinions, kept.found_at = opinions, now
    session.flush()
    return True


def _found(session: Session, consultation_id: str) -> str:
    from ..domain import opinion_groups

    rows = ((*row,) for row in session.execute(queries.opinions(consultation_id)))
    try:
        summary = opinion_groups.summarise(opinion_groups.read(rows))
    except RuleBroken:  # more than fits: nothing is said of groups
        return ""
    return json.dumps(asdict(summary), separators=(",", ":"))


def kept(session: Session, consultation_id: str) -> tuple[group_summaries.Summary, datetime] | None:
    """Return the groups found last and when, None when there are none to speak of."""
    found = session.get(OpinionMap, consultation_id)
    if found is None or not found.content:
        return None
    return group_summaries.read(json.loads(found.content)), found.found_at
