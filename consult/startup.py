"""What happens before the first request: migrate, load the territories, set the clock."""

from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import inspect, select, text

from . import clock, safety_copy
from .extensions import db
from .models import Setting
from .package import folder
from .services import territories

CLOCK = "clock_offset_seconds"


def prepare(app: Flask, *, whole: bool = False) -> None:
    """Bring the database to the last revision, with its reference data.

    The communes, which take seconds to write, come when the site is served: `whole`.
    """
    with app.app_context():
        if pending():
            safety_copy.keep(db.engine)
            upgrade(app)
        if whole:
            territories.load(db.session())
        else:
            territories.begin(db.session())
        db.session.commit()
    set_clock(app)


def pending() -> bool:
    """Whether the database is behind the last revision."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return True
        current = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return current != head()


def head() -> str:
    """Return the last revision: the files of the revisions are named after them, in order."""
    files = (folder("migrations") / "versions").glob("[0-9]*.py")
    return max(file.name.partition("_")[0] for file in files)


def upgrade(app: Flask) -> None:
    """Bring the database to the last revision."""
    import flask_migrate  # here, since it costs a fifth of a start and most have nothing to do

    bind_migrations(app)
    flask_migrate.upgrade()


def bind_migrations(app: Flask) -> None:
    """Give the application the commands of Flask-Migrate."""
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(folder("migrations")))


def set_clock(app: Flask) -> None:
    """Shift the clock as CONSULT_TEST_NOW asks; the offset is fixed once, in the database."""
    wanted = app.config["TEST_NOW"]
    if not wanted:
        return
    with app.app_context():
        session = db.session()
        stored = session.scalar(select(Setting.value).where(Setting.key == CLOCK))
        if stored is None:
            instant = datetime.fromisoformat(wanted)
            instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
            stored = str((instant - datetime.now(UTC)).total_seconds())
            session.add(Setting(key=CLOCK, value=stored))
            session.commit()
    clock.shift(timedelta(seconds=float(stored)))
