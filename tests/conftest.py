"""The fixtures every test may use: a migrated application on both databases, and its makers."""

import os
import shutil
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import connections, measuring, servers, sparing
from tests.emptying import emptier, empty_postgresql, empty_sqlite

# A busy machine is slow at times: that is no fault of what is tested.
settings.register_profile("consult", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("consult")

SHARED = Path(__file__).parent.parent.parent / "shared"
TERRITORIES = [
    ("FR", "France", "country", None, "Europe/Paris"),
    ("R-44", "Grand Est", "region", "FR", "Europe/Paris"),
    ("D-54", "Meurthe-et-Moselle", "department", "R-44", "Europe/Paris"),
    ("D-51", "Marne", "department", "R-44", "Europe/Paris"),
    ("C-988", "Nouvelle-Calédonie", "collectivity", "FR", "Pacific/Noumea"),
    ("A-41", "Lorraine", "former-region", "R-44", "Europe/Paris"),
    ("E-245400676", "Métropole du Grand Nancy", "epci", "D-54", "Europe/Paris"),
    ("M-54395", "Nancy", "commune", "D-54", "Europe/Paris"),
    ("M-98818", "Nouméa", "commune", "C-988", "Pacific/Noumea"),
]
MEMBERS = [("A-41", "D-54"), ("E-245400676", "M-54395")]
POSTCODES = [("54000", "M-54395"), ("54100", "M-54395"), ("98800", "M-98818")]


def pytest_addoption(parser):
    servers.add_options(parser)


def pytest_configure(config):
    os.environ.pop("CONSULT_DATABASE_URL", None)
    os.environ["CONSULT_ENV"] = "development"
    os.environ["CONSULT_TEST_LIMITS"] = "off"
    servers.in_memory()
    servers.configure(config)
    sparing.configure(config)


def pytest_unconfigure(config):
    servers.unconfigure(config)


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session):
    measuring.begin(session.config)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session):
    sparing.collect_less()


@pytest.fixture(scope="session")
def worker(worker_id):
    """The name of this process among those that run the tests."""
    return worker_id


@pytest.fixture(scope="session")
def shared():
    """The folder of the real data; its tests skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the real data is not beside the project")
    return SHARED


@pytest.fixture
def now():
    """The hour of the tests: a Monday morning."""
    return datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(now):
    """Set the application's clock to `now`; `clock.shift` moves it."""
    from consult import clock as module

    module.shift(now - datetime.now(UTC))
    yield module
    from datetime import timedelta

    module.shift(timedelta())


@pytest.fixture(autouse=True)
def no_limits():
    """Switch the rate limits off: the last application made decides for all of them."""
    from consult.extensions import limiter

    limiter.enabled = False


@pytest.fixture(autouse=True, scope="module")
def every_connection_closed():
    """Close what the tests of a module open: the collector would warn in another test."""
    yield
    connections.watch.end_kept()
    left = connections.watch.close_all(connections.watch.opened)
    assert not left, "\n".join(["connections left open, by", *left])


@pytest.fixture(autouse=True)
def every_connection_given_back():
    """Give back each connection by the end of the test that takes it."""
    yield
    left = connections.watch.close_all(connections.watch.used)
    assert not left, "\n".join(["connections still in use, taken by", *left])


def application(url, folder):
    """Make an application on a database, as it stands."""
    from consult import create_app
    from consult.extensions import db

    app = create_app(
        {
            "TESTING": True,
            "SECRET_KEY": "tests",
            "SQLALCHEMY_DATABASE_URI": url,
            "DATA_DIR": folder,
            "MAIL_URL": f"file:{folder / 'mail'}",
            "RATELIMIT_ENABLED": False,
            "BASE_URL": "http://localhost",
            "SETTINGS_KEPT_SECONDS": 0,
            "PAGES_KEPT_SECONDS": 0,
        }
    )
    with app.app_context():
        sparing.keep_statements(db.engine)
    return app


def build(url, folder):
    """Make an application on a database and bring it to the last revision."""
    from consult import startup

    app = application(url, folder)
    with app.app_context():
        startup.upgrade(app)
        load_territories(app)
    return app


def load_territories(app):
    from sqlalchemy.orm import Session

    from consult.extensions import db
    from consult.models import Postcode, Territory, TerritoryMember

    with app.app_context(), Session(db.engine) as session:
        for code, name, kind, parent, zone in TERRITORIES:
            session.merge(
                Territory(code=code, name=name, kind=kind, parent_code=parent, time_zone=zone)
            )
            session.flush()
        for group, member in MEMBERS:
            session.merge(TerritoryMember(group_code=group, member_code=member))
        for postcode, code in POSTCODES:
            session.merge(Postcode(code=postcode, territory_code=code))
        session.commit()


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """The data folder of the application under test."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def sqlite_app(folder):
    file = folder / "test.sqlite"
    app = build(f"sqlite:///{file}", folder)
    with app.app_context():
        from consult.extensions import db

        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    shutil.copy(file, folder / "empty.sqlite")
    return app


@pytest.fixture(scope="session")
def postgresql_app(folder, worker):
    if "CONSULT_TEST_PG_URL" not in os.environ:
        pytest.skip("started without servers")
    app = build(servers.create_database(f"test_{worker}"), folder)
    with emptier(app) as app.extensions["emptier"]:
        yield app


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request, folder):
    """The application, migrated and empty, once on each database."""
    app = request.getfixturevalue(f"{request.param}_app")
    if request.param == "sqlite":
        empty_sqlite(app, folder)
    else:
        empty_postgresql(app)
    from consult import exposure

    exposure.forget()
    yield app
    with app.app_context():
        from consult.extensions import db

        db.session.remove()
        if request.param == "sqlite":
            db.engine.dispose()
        else:
            connections.watch.keep(db.engine)


@pytest.fixture
def session(app):
    """A session of its own on the application's database; the test commits."""
    from sqlalchemy.orm import Session

    from consult.extensions import db

    with app.app_context():
        engine = db.engine
    with Session(engine, expire_on_commit=False) as session:
        yield session


@pytest.fixture
def make(session, now):
    """Makers of objects with sensible defaults: `make.consultation(title="...")`."""
    from tests.factories import Maker

    return Maker(session, now)


@pytest.fixture(params=["page", "htmx"])
def browser(app, session, request):
    """A browser without JavaScript, then one with htmx: every page test runs twice."""
    from tests.browser import Browser

    return Browser(app, htmx=request.param == "htmx")


@pytest.fixture
def plain(app, session):
    """One person's browser, without htmx: what is tried is not about pages."""
    from tests.browser import Browser

    return Browser(app)


@pytest.fixture
def statements(app):
    """Count the SQL statements of a block: `with statements() as seen: ...; len(seen)`."""
    from sqlalchemy import event

    from consult import exposure
    from consult.extensions import db

    with app.app_context():
        engine = db.engine

    @contextmanager
    def watch():
        seen = []

        def note(_connection, _cursor, statement, *_rest):
            if not statement.startswith(("PRAGMA", "SAVEPOINT", "RELEASE")):
                seen.append(statement)

        exposure.forget()  # what is written every ten seconds is not the page's
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return watch
