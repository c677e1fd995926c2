"""Alembic's environment: both databases, batch mode, foreign keys off while SQLite rebuilds."""

import os

from alembic import context
from flask import current_app
from sqlalchemy import create_engine

from consult.models import Base

RAW = {"statement_search", "statement_search_row"}


def include(_object, name, kind, _reflected, _compare_to):
    """Leave the search tables of SQLite out of comparisons: they are written by hand."""
    if kind == "table":
        return not any(name.startswith(raw) for raw in RAW)
    return name not in {"search_vector", "ix_statement_search_vector"}


def engine():
    """Return the engine of the owner's role when there is one, else the application's."""
    if url := os.environ.get("CONSULT_MIGRATION_URL"):
        return create_engine(url)
    return current_app.extensions["migrate"].db.engine


with engine().connect() as connection:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.commit()
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        include_object=include,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        connection.commit()
