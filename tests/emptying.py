"""Make the database of the tests empty again, between two tests, in a few milliseconds."""

import shutil
import sqlite3
from contextlib import closing, contextmanager

KEPT = ("territory", "territory_member", "postcode")


def empty_sqlite(app, folder):
    """Write the empty database over the used one: through SQLite where others hold it open."""
    from consult.extensions import db

    with app.app_context():
        db.engine.dispose()
    if not (folder / "test.sqlite-wal").exists():  # the last connection takes it away
        shutil.copyfile(folder / "empty.sqlite", folder / "test.sqlite")
        return
    with (
        closing(sqlite3.connect(folder / "empty.sqlite")) as source,
        closing(sqlite3.connect(folder / "test.sqlite", timeout=30)) as target,
    ):
        source.backup(target)


@contextmanager
def emptier(app):
    """Open what empties PostgreSQL: a connection that stays, and that plans its deletes once.

    It deletes every row, with the triggers at rest: much faster than truncating the tables.
    """
    import psycopg

    from consult.models import Base

    names = [table.name for table in Base.metadata.sorted_tables if table.name not in KEPT]
    deletes = [f'DELETE FROM "{name}"' for name in names]
    for table, column in (("territory_member", "group_code"), ("territory", "code")):
        deletes.append(f"DELETE FROM {table} WHERE substr({column}, 1, 2) = 'G-'")
    body = "; ".join(["BEGIN " + deletes[0], *deletes[1:], "END"])
    url = app.config["SQLALCHEMY_DATABASE_URI"].replace("+psycopg", "", 1)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            f"CREATE FUNCTION pg_temp.empty() RETURNS void LANGUAGE plpgsql AS $${body}$$"
        )
        yield connection


def empty_postgresql(app):
    """Delete every row."""
    app.extensions["emptier"].execute("SELECT pg_temp.empty()")
