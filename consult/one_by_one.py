"""Rows that a job goes through one by one: the fault of one stops no other, and is tried again."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

from sqlalchemy import text

from .domain.errors import RuleBroken
from .extensions import db

LONGEST = 300.0
MOST_TRIES = 6  # over a minute or so
Row = TypeVar("Row")
Told = Callable[[Exception], None]
log = logging.getLogger(__name__)


@dataclass
class Fault:
    """How often in a row something failed, and until when it is left aside."""

    times: int = 0
    until: float = 0.0

    def again(self) -> None:
        """Note one more: the second try comes at once, then each wait is twice the one before."""
        self.times += 1
        self.until = monotonic() + (min(2.0**self.times, LONGEST) if self.times > 1 else 0.0)


_faults: dict[tuple[str, str], Fault] = {}


def each(
    what: str, rows: Mapping[str, Row], act: Callable[[Row], int | None], *, inside: bool = False
) -> int:
    """Do an act for each row, given by its key, in a transaction of its own; return the sum.

    A row that fails is told of in the log and left aside for a while: twice as long each time, up
    to five minutes. With `inside`, all is one transaction, which the caller commits, and a row
    that fails leaves nothing in it. Raises OperationalError when the database does not answer.
    """
    session, done = db.session(), 0
    for key, row in rows.items():
        fault = _faults.setdefault((what, key), Fault())
        if fault.until > monotonic():
            continue
        with _contained(_telling(what, key, fault), whole=not inside):
            with session.begin_nested() if inside else nullcontext():
                done += act(row) or 0
            if not inside:
                session.commit()
            fault.times = 0
    _forget_past()
    return done


def aside(what: str) -> int:
    """Count what is left aside: as many more are to be asked for, or it would hide the others."""
    return sum(one == what and fault.times > 0 for (one, _key), fault in _faults.items())


def will_be_tried(what: str, keys: Iterable[str]) -> bool:
    """Tell whether one of the rows of these keys failed, and not so often that it is given up."""
    found = (_faults.get((what, key)) for key in keys)
    return any(fault is not None and fault.times < MOST_TRIES for fault in found)


def failing() -> dict[str, int]:
    """Return how often in a row each row failed, of those that did not pass since."""
    return {f"{what} {key}": fault.times for (what, key), fault in _faults.items() if fault.times}


def forget() -> None:
    """Forget every fault: each row is tried at once."""
    _faults.clear()


@contextmanager
def contained(told: Told) -> Iterator[None]:
    """Let a fault inside undo its own transaction and nothing else, and tell of it.

    Raises OperationalError when the database does not answer: then everything waits.
    """
    with _contained(told, whole=True):
        yield


@contextmanager
def _contained(told: Told, *, whole: bool) -> Iterator[None]:
    try:
        yield
    except Exception as fault:
        if whole:
            db.session.rollback()
        db.session.execute(text("select 1"))
        told(fault)
        if whole:
            db.session.rollback()


def _telling(what: str, key: str, fault: Fault) -> Told:
    def told(error: Exception) -> None:
        fault.again()
        if isinstance(error, RuleBroken):
            log.warning("%s %s waits: %s", what, key, error.code)
        else:
            log.exception("%s %s failed, %s in a row", what, key, fault.times)

    return told


def _forget_past() -> None:
    """Keep what failed a short while ago, and nothing of the rest."""
    long_ago = monotonic() - 2 * LONGEST
    for name, fault in list(_faults.items()):
        if fault.times == 0 or fault.until < long_ago:
            del _faults[name]
