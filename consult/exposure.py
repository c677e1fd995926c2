"""How often each statement was shown: counted in memory, written now and then.

The count only orders lists (least exposed first), so a few lost on a crash do no harm;
writing at each read would make every page a write.
"""

from collections import Counter
from threading import Lock
from time import monotonic

from flask import Flask, g
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from .extensions import db

EVERY_SECONDS = 10.0
_shown: Counter[str] = Counter()
_lock = Lock()
_last = [monotonic()]


def note(ids: list[str]) -> None:
    """Remember that these statements are on the page being made."""
    g.setdefault("exposed", []).extend(ids)


def flush(force: bool = False) -> None:
    """Write what was counted, when it is time."""
    with _lock:
        if not _shown or not (force or monotonic() - _last[0] > EVERY_SECONDS):
            return
        shown = sorted(_shown.items())
        _shown.clear()
        _last[0] = monotonic()
    statement = text("UPDATE statement SET exposures = exposures + :n WHERE id = :id")
    try:
        with db.engine.begin() as connection:
            connection.execute(statement, [{"id": key, "n": count} for key, count in shown])
    except OperationalError:
        with _lock:
            _shown.update(dict(shown))


def install(app: Flask) -> None:
    """Count at the end of each request."""

    def collect(_error: BaseException | None) -> None:
        ids = g.pop("exposed", None)
        if ids:
            with _lock:
                _shown.update(ids)
            flush()

    app.teardown_request(collect)


def forget() -> None:
    """Drop what is counted and not yet written; the next writing waits its full time."""
    with _lock:
        _shown.clear()
        _last[0] = monotonic()
