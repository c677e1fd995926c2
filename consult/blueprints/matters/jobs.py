"""What the worker does for matters: silence moves them, and their rooms are told before."""

from flask import Flask

from ... import clock, one_by_one
from ...extensions import db
from ...services import matter_deadlines
from . import letters

MATTER, WARNING = "matter", "warning of matter"


def pass_due(_app: Flask) -> int:
    """Let silence move the matters whose delay is over, one by one; return how many moved."""
    session = db.session()

    def move(matter_id: str) -> bool:
        done = matter_deadlines.pass_one(session, matter_id, now=clock.now())
        letters.tell(done, now=clock.now())
        return bool(done.events)

    due = matter_deadlines.due(session, now=clock.now(), more=one_by_one.aside(MATTER))
    return one_by_one.each(MATTER, {one: one for one in due}, move)


def warn(_app: Flask) -> int:
    """Tell the rooms whose delay is nearly over, once a delay; return how many letters."""
    session = db.session()

    def tell(matter_id: str) -> int:
        matter = matter_deadlines.warn(session, matter_id)
        return 0 if matter is None else letters.warn(matter, now=clock.now())

    due = matter_deadlines.nearly_due(session, now=clock.now(), more=one_by_one.aside(WARNING))
    return one_by_one.each(WARNING, {one: one for one in due}, tell)
