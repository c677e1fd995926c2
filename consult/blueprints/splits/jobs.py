"""What the worker does for splits: tell the carriers, a few at a time."""

from typing import Any

from flask import Flask

from ... import clock, i18n, one_by_one
from ...extensions import db
from ...services import split_letters
from . import letters, load, words

LETTER = "letter of split"


def tell(_app: Flask) -> int:
    """Write to carriers what they receive and why; return how many letters were written."""
    session, sent = db.session(), 0
    while taken := split_letters.take(session, now=clock.now()):
        written = _write(taken)
        if written is None:
            session.rollback()  # these few are written again, each once
            break
        session.commit()
        sent += written
    session.commit()
    return sent


def _write(taken: split_letters.Taken) -> int | None:
    """Write a few letters; None when one failed and will be tried again."""
    session, (call, decision, rows) = db.session(), taken
    envelopes, parts = load.envelopes(decision), load.parts(decision, rows)
    i18n.use("fr")

    def write(row: Any) -> bool:
        is_in = row.decision_id == decision.id
        told = words.why(decision, envelopes, row, parts[row.project_id]) if is_in else []
        return letters.send(session, call, decision, row, told)

    asked = {f"{decision.id}:{row.project_id}": row for row in rows}
    written = one_by_one.each(LETTER, asked, write, inside=True)
    return None if one_by_one.will_be_tried(LETTER, asked) else written
