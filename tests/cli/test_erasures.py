"""A copy of before the erasure is put back: the command erases again."""

import json
import shutil
from contextlib import closing

import pytest
from sqlalchemy import MetaData, create_engine
from sqlalchemy.orm import Session

from consult import clock, erased
from consult.config import data_dir, database_url
from consult.models import Account, Subscriber
from consult.services import erasures
from tests.factories import Maker
from tests.personal import Someone, left


@pytest.fixture
def database(consult):
    """The database of the command line, migrated."""
    consult("organiser", "ada@exemple.fr")
    engine = create_engine(database_url(data_dir()))
    yield engine
    engine.dispose()


def test_a_copy_put_back_is_erased_again(consult, database):
    assert (
        "0 accounts and 0 addresses erased again, of 0 listed"
        in consult("erasures", "apply").output
    )
    with Session(database, expire_on_commit=False) as session:
        make = Maker(session, clock.now())
        one = Someone(make).everything()
        boss = session.get_one(Account, one.bob.id)
        dates = dict.fromkeys(("created_at", "told_until", "next_digest_at"), clock.now())
        make.save(Subscriber(email="eve@exemple.fr", time_zone="Europe/Paris", **dates))
        number = one.account.id
        kept = copy(database)
        erasures.erase(session, number, texts="kept", actor="system", now=clock.now())
        said = {"texts": "kept", "by": boss, "now": clock.now()}
        erasures.by_address(session, "eve@exemple.fr", **said)
        session.commit()
        erased.keep(session, data_dir())
    assert number not in (data_dir() / erased.NAME).read_text()
    put_back(database, kept)
    with Session(database) as session:
        assert left(session, ids={number})
    seen = consult("doctor", "--json", status=1).stdout
    found = {one["what"]: one for one in json.loads(seen)}["erasures"]
    assert (found["well"], found["seen"]) == (False, "3 to apply again")
    assert (
        "1 accounts and 1 addresses erased again, of 3 listed"
        in consult("erasures", "apply").output
    )
    with Session(database) as session:
        assert left(session, ids={number}) == set()
    assert (
        "0 accounts and 0 addresses erased again, of 3 listed"
        in consult("erasures", "apply").output
    )


def copy(engine):
    """Keep every row of every table, as a backup does."""
    if engine.dialect.name == "sqlite":
        with closing(engine.raw_connection()) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        target = f"{engine.url.database}.copy"
        shutil.copy(engine.url.database, target)
        return target
    metadata = MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        return [
            (table, [dict(row) for row in connection.execute(table.select()).mappings()])
            for table in metadata.sorted_tables
        ]


def put_back(engine, kept):
    """Put the rows of a copy in the place of all that there is."""
    engine.dispose()
    if engine.dialect.name == "sqlite":
        for end in ("-wal", "-shm"):
            (data_dir() / f"{engine.url.database}{end}").unlink(missing_ok=True)
        shutil.copy(kept, engine.url.database)
        return
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for table, _rows in kept:
            connection.execute(table.delete())
        for table, rows in kept:
            names = [one.name for one in table.columns if one.computed is None]
            chosen = [{name: row[name] for name in names} for row in rows]
            if chosen:
                connection.execute(table.insert(), chosen)


def test_a_list_that_cannot_be_read(consult, database, tmp_path):
    file = tmp_path / "list.txt"
    file.write_text("not a line\n")
    assert "cannot be read" in consult("erasures", "apply", "--list", file, status=1).output
    (data_dir() / erased.NAME).write_text("not a line\n")
    assert "erasures: a line cannot be read" in consult("doctor", status=1).output
