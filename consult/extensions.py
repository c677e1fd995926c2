"""The Flask extensions, made here once and bound in `create_app`."""

import sqlite3
from pathlib import Path
from typing import Any

from flask import Flask, request
from flask_babel import Babel
from flask_compress import Compress
from flask_limiter import Limiter
from flask_security import Security
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from htmx_flask import Htmx
from sqlalchemy import Connection, Engine, event
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from . import static_files
from .domain import networks
from .models import Base
from .reading import RequestSession, reads_only


def sender() -> str:
    """Return whose tries are counted together; what a browser says of itself changes nothing."""
    return networks.sender(request.remote_addr or "")


db = SQLAlchemy(
    metadata=Base.metadata,
    session_options={"expire_on_commit": False, "class_": RequestSession},
)
babel = Babel()
csrf = CSRFProtect()
htmx = Htmx()
security = Security()
compress = Compress()
limiter = Limiter(
    key_func=sender,
    headers_enabled=True,
    in_memory_fallback_enabled=True,
    in_memory_fallback=["600 per minute"],
    default_limits=["300 per minute"],
    default_limits_exempt_when=reads_only,
)


PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=30000",
    "secure_delete=ON",
)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Make SQLite durable and strict, and wipe what is deleted from its file."""
    if not isinstance(connection, sqlite3.Connection):
        return
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "before_execute")
def _hold_sqlite(connection: Connection, statement: Any, *_rest: Any) -> None:
    """Begin SQLite's writing turn at a locking read, as PostgreSQL holds the row from there on."""
    held = getattr(statement, "_for_update_arg", None) is not None
    if held and connection.dialect.name == "sqlite":
        driver = connection.connection.dbapi_connection
        if not driver.in_transaction:  # type: ignore[union-attr]
            connection.exec_driver_sql("BEGIN IMMEDIATE")


def engine_options(app: Flask) -> dict[str, Any]:
    """Return the pool's settings for the database in use."""
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        return {"connect_args": {"timeout": 30, "isolation_level": "IMMEDIATE"}}
    return {
        "pool_pre_ping": True,
        "pool_timeout": 5,
        "connect_args": {"options": "-c statement_timeout=30000 -c lock_timeout=10000"},
    }


def steady(engine: Engine) -> Engine:
    """Return an engine that reads one state of the data from end to end, where it can."""
    if engine.dialect.name != "postgresql":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ")


def believe_proxies(app: Flask) -> None:
    """Take who calls from the proxies that the settings count, and from no other header.

    The host is never theirs to say: it is that of the base URL.
    """
    if number := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, number, number, x_host=0)  # type: ignore[method-assign]


def bind_limiter(app: Flask) -> None:
    """Bind the rate limits: in Redis where there is one, else in this process's memory."""
    app.config.setdefault("RATELIMIT_STORAGE_URI", app.config["REDIS_URL"] or "memory://")
    limiter.init_app(app)


def serve_static(app: Flask) -> None:
    """Serve static files compressed, and for a year when their address holds a digest."""
    own = Path(app.static_folder or "")
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=static_files.compressed(own, Path(app.config["DATA_DIR"])),
        prefix="static/",
        max_age=31_536_000,
    )
