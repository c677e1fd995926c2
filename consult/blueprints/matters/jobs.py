"""What the worker does for matters: silence moves them, and their rooms are told before."""

from flask import Flask

from ... import clock
from ...extensions import db
from ...services import matter_deadlines
from . import letters


def pass_due(_app: Flask) -> int:
    """Let silence move the matters whose delay is over, one by one; return how many moved."""
    session, moved = db.session(), 0
    for matter_id in matter_deadlines.due(session, now=clock.now()):
        done = matter_deadlines.pass_one(session, matter_id, now=clock.now())
        letters.tell(done, now=clock.now())
        session.commit()
        moved += bool(done.events)
    return moved


def warn(_app: Flask) -> int:
    """Tell the rooms whose delay is nearly over, once a delay; return how many letters."""
    session, written = db.session(), 0
    for matter_id in matter_deadlines.nearly_due(session, now=clock.now()):
        matter = matter_deadlines.warn(session, matter_id)
        if matter is not None:
            written += letters.warn(matter, now=clock.now())
        session.commit()
    return written
