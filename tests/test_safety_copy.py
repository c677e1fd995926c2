"""The copy made before a migration: the latest alone, and gone after its delay."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, text

from consult import safety_copy
from consult.blueprints.personal import jobs
from consult.domain import retention
from consult.extensions import db


def written(engine, word):
    with engine.begin() as connection:
        connection.execute(text("create table if not exists t (word text)"))
        connection.execute(text("insert into t values (:word)"), {"word": word})


def test_the_latest_copy_alone_is_kept_then_it_goes(tmp_path):
    engine, copy = create_engine(f"sqlite:///{tmp_path}/a.sqlite"), tmp_path / "a.before-migration"
    safety_copy.keep(engine)
    assert not copy.exists()  # there was nothing to copy
    begun = datetime.now(UTC) - timedelta(seconds=2)
    for word in ("first", "second"):
        written(engine, word)
        os.utime(tmp_path / "a.sqlite", (0, 0))  # a site that nobody wrote to for years
        safety_copy.keep(engine)
    assert b"second" in copy.read_bytes()
    assert [one.name for one in tmp_path.glob("*.before*")] == [copy.name]
    assert not safety_copy.forget(engine, begun) and copy.exists()
    assert safety_copy.forget(engine, datetime.now(UTC) + timedelta(seconds=2))
    assert not copy.exists() and not safety_copy.forget(engine, datetime.now(UTC))
    engine.dispose()


def test_another_database_has_no_copy():
    engine = create_engine("sqlite://")
    safety_copy.keep(engine)
    assert not safety_copy.forget(engine, datetime.now(UTC))
    engine.dispose()


def test_the_purge_of_the_day_forgets_it(app, session, clock):
    with app.app_context():
        if db.engine.dialect.name != "sqlite":  # another database has no such copy
            return
        file = Path(db.engine.url.database).with_suffix(safety_copy.SUFFIX)
        for days, stays in ((retention.COPY.number - 1, True), (retention.COPY.number + 1, False)):
            file.write_bytes(b"x")
            clock.shift(timedelta(days=days))
            jobs.purge(app)
            assert file.exists() is stays
            db.session.remove()
