"""An application that holds the demonstration: loaded once, and copied for each module of tests."""

import contextlib
import os
import shutil
from collections import Counter
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import select

from tests import servers

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SEED = 2017
EDITIONS = (
    "construire-la-strategie-numerique-du-grand-est-salle-de-meurthe-et",
    "construire-la-strategie-numerique-du-grand-est-salle-de-la-marne",
)
# How the hubs received the common frame, then the answers of the local editions by author.
SENT_DOWN = (
    {"adopted": 1, "adapted": 1, "read": 1, "asked": 1, "late": 1},
    {"resident": 2, "professional": 2},
    {"decided": 1, "pending": 1, "returned": 1, "open": 1},
)


def sent_down(session, source):
    """Say how the hubs received the common frame, what local editions brought, what went up."""
    from consult.domain import frames as rules
    from consult.models import Frame, Matter
    from consult.queries import editions, frames
    from consult.queries.rooms import Reader

    frame = session.scalars(select(Frame).where(Frame.kind == "framework")).one()
    rows = session.execute(frames.receptions(frame, Reader())).all()
    hubs = Counter(rules.shown(row.state, frame.due_at, NOW) for row in rows if row.level == "hub")
    local = Counter()
    for row in session.execute(editions.figures(source.id, NOW)):
        if row.where == "editions":
            local[row.who] += row.answers
    matters = Counter(session.scalars(select(Matter.stage).order_by(Matter.id)))
    return hubs, local, matters


def make(url, folder):
    from consult.extensions import db
    from consult.services import demo, room_files, territories
    from tests.conftest import build

    app = build(url, folder)
    with app.app_context():
        session = db.session()
        territories.load(session)
        keep = partial(room_files.SHELF.keep, app.config["DATA_DIR"])
        assert demo.load(session, now=NOW, seed=SEED, keep=keep) is True
        session.commit()
    return app


def close(app):
    from consult.extensions import db

    with app.app_context():
        db.session.remove()
        db.engine.dispose()


_kept = {}


def kept(database, folder, worker):
    """Load the demonstration once in this process; return where it is kept, to be copied."""
    if database not in _kept:
        own = folder.parent / f"kept-{database}"
        own.mkdir()
        close(make(address(database, own, f"kept_{worker}"), own))
        _kept[database] = own
    return _kept[database]


def address(database, folder, name, template="template1"):
    if database == "sqlite":
        return f"sqlite:///{folder / 'demo.sqlite'}"
    return servers.create_database(name, template)


@contextlib.contextmanager
def loaded(database, folder, worker):
    """Give an application that holds the demonstration, to a module of tests."""
    from tests.conftest import application

    if database == "postgresql" and "CONSULT_TEST_PG_URL" not in os.environ:
        pytest.skip("started without servers")
    shutil.copytree(kept(database, folder, worker), folder, dirs_exist_ok=True)
    app = application(address(database, folder, f"demo_{worker}", f"kept_{worker}"), folder)
    yield app
    close(app)
    if database == "postgresql":
        servers.drop_database(f"demo_{worker}")
