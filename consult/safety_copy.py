"""The copy of a SQLite database made before it is migrated: its schema changes cannot be undone.

It holds what people may have erased since: the latest alone is kept, and not for long.
"""

import os
import shutil
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

SUFFIX = ".before-migration"


def keep(engine: Engine) -> None:
    """Copy the file of a database beside it, in the place of the copy before."""
    file = _file(engine)
    if file is None or not file.exists() or not file.stat().st_size:
        return
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    copy = file.with_suffix(SUFFIX)
    shutil.copy2(file, copy)
    os.utime(copy)  # its age is counted from now


def forget(engine: Engine, before: datetime) -> bool:
    """Delete the copy when it was made before an instant; tell whether it was deleted."""
    file = _file(engine)
    copy = file.with_suffix(SUFFIX) if file is not None else None
    if copy is None or not copy.exists() or copy.stat().st_mtime >= before.timestamp():
        return False
    copy.unlink(missing_ok=True)
    return True


def _file(engine: Engine) -> Path | None:
    """Return the file of a SQLite database, None for another."""
    name = engine.url.database
    return Path(name) if engine.dialect.name == "sqlite" and name else None
