"""What published syntheses hold of someone who is erased: it goes from every version.

A version says no more than before what its digest was when it was published: the page shows it
beside what is left.
"""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain.syntheses import composed
from ..domain.syntheses.composed import Composed
from ..models import Credit
from ..queries import published_syntheses
from . import taken_back


def forget(
    session: Session, participant_id: str, *, unsigned: Collection[str], gone: Collection[str]
) -> int:
    """Take from every version the names on some texts of a participant, the words of others.

    They are thanked by name no more. Return how many versions changed.
    """
    thanked = select(Credit.name).where(Credit.participant_id == participant_id)
    names, changed = set(session.scalars(thanked)), 0
    for version in session.scalars(published_syntheses.every()).all():
        whole = composed.read(version.content)
        left = _unsigned(taken_back.without(whole, gone), unsigned)
        left = replace(left, credits=tuple(one for one in left.credits if one not in names))
        if left != whole:
            version.content = composed.canonical(left)
            changed += 1
    session.flush()
    return changed


def _unsigned(whole: Composed, texts: Collection[str]) -> Composed:
    parts = tuple(
        replace(
            part,
            quotes=tuple(
                replace(one, by="") if one.statement in texts else one for one in part.quotes
            ),
        )
        for part in whole.parts
    )
    return replace(whole, parts=parts)
