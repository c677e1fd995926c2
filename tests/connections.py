"""Who leaves a database connection open: a test that does is told, by name and by line."""

import os
import sys
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.pool import Pool

ROOT = Path(__file__).parent.parent
OWN = tuple(str(ROOT / name) for name in ("consult", "tests", "migrations"))


class Watch:
    """The connections of this process that are open, and those of them that are in use.

    It holds each connection itself, so that none is collected before its test is named: a
    collected one warns too, but in whatever test runs at that moment.
    """

    def __init__(self):
        self.opened = {}
        self.used = {}
        self.pools = set()
        for name in ("connect", "close", "close_detached", "checkout", "checkin"):
            event.listen(Pool, name, getattr(self, name))

    def connect(self, connection, _record):
        self.opened[id(connection)] = (connection, asked_by())

    def close(self, connection, _record=None):
        self.opened.pop(id(connection), None)
        self.used.pop(id(connection), None)

    close_detached = close

    def checkout(self, connection, _record, _proxy):
        self.used[id(connection)] = (connection, asked_by())

    def checkin(self, connection, _record):
        self.used.pop(id(connection), None)

    def keep(self, engine):
        """Let an engine's connections stay open from one test to the next, to the module's end.

        A new one must learn every table again: that took most of the time of PostgreSQL.
        """
        self.pools.add(engine)

    def end_kept(self):
        """Close the connections that may stay open."""
        while self.pools:
            self.pools.pop().dispose()

    def close_all(self, of):
        """Close these connections, and say who asked for each."""
        left = list(of.values())
        for connection, _ in left:
            connection.close()
            self.close(connection)
        return [whose for _, whose in left]


def asked_by():
    """Return the test that runs, and the lines of ours that led here, the innermost first."""
    frame, lines = sys._getframe(2), []
    while frame and len(lines) < 4:
        name = frame.f_code.co_filename
        if name.startswith(OWN):
            lines.append(f"{name.removeprefix(f'{ROOT}/')}:{frame.f_lineno}")
        frame = frame.f_back
    return f"{os.environ.get('PYTEST_CURRENT_TEST', '?')}: {' < '.join(lines)}"


watch = Watch()
