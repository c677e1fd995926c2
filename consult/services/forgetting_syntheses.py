"""What published syntheses hold of someone who is erased: it goes from every version.

A version says no more than before what its digest was when it was published: the page shows it
beside what is left.
"""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy.orm import Session

from ..domain.syntheses import composed
from ..domain.syntheses.composed import Composed
from ..queries import published_syntheses
from . import composing


def quotations(session: Session, *, unsigned: Collection[str], gone: Collection[str]) -> int:
    """Take from every version the names on some texts, the words of others; return how many."""
    changed = 0
    for version in session.scalars(published_syntheses.every()).all():
        whole = composed.read(version.content)
        left = _unsigned(composing.without(whole, gone), unsigned)
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
                replace(one, by="") if composing.statement_of(one) in texts else one
                for one in part.quotes
            ),
        )
        for part in whole.parts
    )
    return replace(whole, parts=parts)
