"""What the worker does for splits: tell the carriers, a few at a time."""

from flask import Flask

from ... import clock, i18n
from ...extensions import db
from ...services import split_letters
from . import letters, load, words


def tell(_app: Flask) -> int:
    """Write to carriers what they receive and why; return how many letters were written."""
    session, sent = db.session(), 0
    while taken := split_letters.take(session, now=clock.now()):
        call, decision, rows = taken
        envelopes, parts = load.envelopes(decision), load.parts(decision, rows)
        i18n.use("fr")
        for row in rows:
            told = words.why(decision, envelopes, row, parts[row.project_id])
            sent += letters.send(session, call, decision, row, told)
        session.commit()
    session.commit()
    return sent
