"""Make the database of the tests empty again, between two tests, in a few milliseconds.

Or as full as it was when it was kept: what takes a second to make is then made once.
"""

import shutil
import sqlite3
from contextlib import closing, contextmanager

KEPT = ("territory", "territory_member", "postcode")


def empty_sqlite(app, folder, kept="empty"):
    """Write the empty database over the used one: through SQLite where others hold it open."""
    from consult.extensions import db

    with app.app_context():
        db.engine.dispose()
    if not (folder / "test.sqlite-wal").exists():  # the last connection takes it away
        shutil.copyfile(folder / f"{kept}.sqlite", folder / "test.sqlite")
        return
    with (
        closing(sqlite3.connect(folder / f"{kept}.sqlite")) as source,
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


def keep_sqlite(app, folder, name):
    """Keep a copy of the database as it is, for `empty_sqlite` to put back."""
    from consult.extensions import db

    with app.app_context():
        db.engine.dispose()
    with (
        closing(sqlite3.connect(folder / "test.sqlite")) as source,
        closing(sqlite3.connect(folder / f"{name}.sqlite")) as target,
    ):
        source.backup(target)


COLUMNS = """
  SELECT table_name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)
  FROM information_schema.columns
  WHERE table_schema = 'public' AND is_generated = 'NEVER' AND table_name = ANY(%s)
  GROUP BY table_name ORDER BY table_name
"""


def keep_postgresql(app, name):
    """Keep a copy of every row, for `fill_postgresql` to put back."""
    from consult.models import Base

    tables = [table.name for table in Base.metadata.sorted_tables if table.name not in KEPT]
    connection = app.extensions["emptier"]
    connection.execute(f'CREATE SCHEMA "{name}"')
    copies = []
    for table, columns in connection.execute(COLUMNS, [tables]).fetchall():
        here, there = f'public."{table}" ({columns})', f'"{name}"."{table}"'
        connection.execute(f'CREATE TABLE {there} AS SELECT {columns} FROM public."{table}"')
        if connection.execute(f"SELECT 1 FROM {there} LIMIT 1").fetchone():
            copies.append(f"INSERT INTO {here} SELECT {columns} FROM {there}")
    connection.execute(
        f"CREATE FUNCTION pg_temp.{name}() RETURNS void LANGUAGE plpgsql AS "
        f"$${'; '.join(['BEGIN ' + copies[0], *copies[1:], 'END'])}$$"
    )


def fill_postgresql(app, name):
    """Put every kept row back, in the place of all others."""
    empty_postgresql(app)
    app.extensions["emptier"].execute(f"SELECT pg_temp.{name}()")
