"""What the worker does for those who read: the aid that was asked for first, of any kind."""

import logging

from flask import Flask

from ... import clock
from ...extensions import db
from ...models import Aid
from ...services import aid_kinds, aids

log = logging.getLogger(__name__)


def help_readers(_app: Flask) -> int:
    """Do the aid that waits, or whose worker was killed; return how much was found."""
    session = db.session()
    aid = aids.claim(session, now=clock.now())
    session.commit()
    if aid is None:
        return 0
    try:
        return _do(aid)
    except aids.Cancelled:
        session.rollback()
        return 0
    except Exception:
        session.rollback()
        log.exception("aid %s failed", aid.id)
        aids.fail(session, aid, now=clock.now())
        session.commit()
        return 0


def _do(aid: Aid) -> int:
    session = db.session()

    def beat(done: int, total: int) -> None:
        aids.beat(session, aid, done, total, now=clock.now())
        session.commit()

    found = aid_kinds.kind(aid.kind).compute(session, aid.consultation_id, beat)
    kept = aids.keep(session, aid, found, now=clock.now())
    session.commit()
    return kept
