"""A database that refuses some rows, on purpose: what else is done meanwhile."""

from contextlib import contextmanager

from sqlalchemy import event

from consult import one_by_one
from consult.extensions import db


@contextmanager
def refusing(app, word, table="mail"):
    """Fail each INSERT into a table, or UPDATE of it, that holds a word: a fault of ours."""

    def strike(_connection, _cursor, statement, parameters, *_rest):
        ours = statement.startswith((f"INSERT INTO {table} ", f"UPDATE {table} "))
        if ours and word in str(parameters):
            raise KeyError(f"refused: {word}")

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", strike)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", strike)
        one_by_one.forget()
