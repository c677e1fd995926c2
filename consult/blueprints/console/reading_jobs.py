"""What the worker does for those who read: group the texts that say nearly the same."""

import logging
from collections.abc import Callable, Sequence
from importlib.util import find_spec

from flask import Flask

from ... import clock
from ...extensions import db
from ...models import Aid
from ...services import text_groups

log = logging.getLogger(__name__)


def is_able() -> bool:
    """Tell whether texts can be compared here: it needs the analysis extra."""
    return find_spec("numpy") is not None


def group_texts(_app: Flask) -> int:
    """Do the job that waits, or that was killed on its way; return how many are grouped."""
    session = db.session()
    aid = text_groups.claim(session, now=clock.now())
    session.commit()
    if aid is None:
        return 0
    try:
        return _do(aid)
    except text_groups.Cancelled:
        session.rollback()
        return 0
    except Exception:
        session.rollback()
        log.exception("groups of texts %s failed", aid.id)
        text_groups.fail(session, aid, now=clock.now())
        session.commit()
        return 0


def _do(aid: Aid) -> int:
    session = db.session()

    def beat(done: int, total: int) -> None:
        text_groups.beat(session, aid, done, total, now=clock.now())
        session.commit()

    rows = text_groups.group(session, aid.consultation_id, _find, beat)
    text_groups.keep(session, aid, rows, now=clock.now())
    session.commit()
    return len(rows)


def _find(
    texts: Sequence[text_groups.Text], told: Callable[[int], None]
) -> Sequence[tuple[str, Sequence[str]]]:
    from ...domain import campaigns  # needs the analysis extra

    return [(one.leader, one.members) for one in campaigns.find(texts, told)]
