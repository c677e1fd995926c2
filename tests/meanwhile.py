"""Let something happen at the worst moment: just before a statement is sent."""

from contextlib import contextmanager

from sqlalchemy import event


@contextmanager
def just_before(engine, beginning, act):
    """Run `act(connection)` once, before the first statement that begins so; it must come."""
    happened = []

    def come_first(connection, _cursor, statement, *_rest):
        if statement.startswith(beginning) and not happened:
            happened.append(statement)
            act(connection)

    event.listen(engine, "before_cursor_execute", come_first)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", come_first)
    assert happened, f"no statement begins with {beginning}"
