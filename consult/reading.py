"""Pages that only read run each statement on its own: no transaction to open and to undo.

On PostgreSQL that spares two round trips a page, and keeps the prepared statements, which the
driver forgets at every rollback. It also makes the rule hold: a GET never writes.
"""

from functools import lru_cache
from typing import Any

from flask import has_request_context, request
from flask_sqlalchemy.session import Session
from sqlalchemy import Connection, Engine

SAFE = ("GET", "HEAD", "OPTIONS")


def reads_only() -> bool:
    """Whether the request under way only reads."""
    return has_request_context() and request.method in SAFE


class RequestSession(Session):
    """The session of a request: of plain reads in a GET, of one transaction in a POST."""

    def get_bind(self, *args: Any, **options: Any) -> Engine | Connection:
        """Return the engine, without transactions where nothing may be written."""
        bind = super().get_bind(*args, **options)
        if reads_only() and isinstance(bind, Engine):
            return _without_transaction(bind)
        return bind

    def flush(self, objects: Any = None) -> None:
        """Write what is waiting; a request that only reads has nothing to write."""
        if reads_only() and (self.new or self.dirty or self.deleted):
            raise RuntimeError("a request that only reads may not write")
        super().flush(objects)


@lru_cache(maxsize=4)
def _without_transaction(engine: Engine) -> Engine:
    """Return the same engine and pool, each statement on its own."""
    return engine.execution_options(isolation_level="AUTOCOMMIT")
