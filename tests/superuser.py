"""What the owner of a database can do to it behind the application's back."""

import sqlite3
from contextlib import closing

from sqlalchemy import text

JOURNAL = "select name, sql from sqlite_master where type = 'trigger' and name like 'journal%'"


def tamper(engine, *statements, **values):
    """Write to the journal with no trigger and no foreign key at work."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text("set local session_replication_role = replica"))
            for statement in statements:
                connection.execute(text(statement), used(statement, values))
        return
    with closing(sqlite3.connect(engine.url.database, timeout=30)) as connection, connection:
        kept = connection.execute(JOURNAL).fetchall()
        for name, _sql in kept:
            connection.execute(f"drop trigger {name}")
        for statement in statements:
            connection.execute(statement, used(statement, values))
        for _name, sql in kept:
            connection.execute(sql)


def used(statement, values):
    """Keep the values that a statement names."""
    return {name: value for name, value in values.items() if f":{name}" in statement}
