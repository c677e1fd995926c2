"""An application that holds the demonstration, made once for a module of tests."""

import contextlib
import os
from datetime import UTC, datetime

import pytest

from tests import servers

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SEED = 2017


def make(url, folder):
    from consult.extensions import db
    from consult.services import demo, territories
    from tests.conftest import build

    app = build(url, folder)
    with app.app_context():
        session = db.session()
        territories.load(session)
        assert demo.load(session, now=NOW, seed=SEED) is True
        session.commit()
    return app


def close(app):
    from consult.extensions import db

    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@contextlib.contextmanager
def loaded(database, folder, worker):
    """Give an application that holds the demonstration; tests must leave it as it is."""
    if database == "sqlite":
        url = f"sqlite:///{folder / 'demo.sqlite'}"
    elif "CONSULT_TEST_PG_URL" in os.environ:
        url = servers.create_database(f"demo_{worker}")
    else:
        pytest.skip("started without servers")
    app = make(url, folder)
    yield app
    close(app)
    if database == "postgresql":
        servers.drop_database(f"demo_{worker}")
