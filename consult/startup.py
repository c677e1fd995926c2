"""What happens before the first request: migrate, load the territories, set the clock."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from . import clock, data
from .extensions import db
from .models import Setting
from .package import folder
from .services import territories

CLOCK = "clock_offset_seconds"


def prepare(app: Flask) -> None:
    """Bring the database to the last revision, with its reference data."""
    with app.app_context():
        if pending():
            keep_copy()
            upgrade()
        territories.load(db.session(), data.read())
        db.session.commit()
    set_clock(app)


def pending() -> bool:
    """Whether the database is behind the last revision."""
    script = ScriptDirectory(str(folder("migrations")))
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current != script.get_current_head()


def keep_copy() -> None:
    """Copy a SQLite file before migrating it: its schema changes cannot be rolled back."""
    name = db.engine.url.database
    if db.engine.dialect.name != "sqlite" or not name:
        return
    file = Path(name)
    if file.exists() and file.stat().st_size:
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
        shutil.copy2(file, file.with_suffix(".before-migration"))


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
