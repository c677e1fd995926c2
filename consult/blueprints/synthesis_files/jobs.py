"""What the worker does for published syntheses: make their files once, forget those of no more."""

from functools import partial
from pathlib import Path

from flask import Flask

from ... import one_by_one, synthesis_files
from ...extensions import db
from ...queries import published_syntheses

FILES = "files of synthesis"


def keep_files(app: Flask) -> int:
    """Make the files that published versions lack; return how many were made.

    Those of a version from which something was taken back are made again without it.
    """
    session, folder = db.session(), Path(app.config["DATA_DIR"])
    known = {
        version.id: synthesis_files.readable(session, version)
        for version in session.scalars(published_syntheses.every())
    }
    session.commit()
    synthesis_files.sweep(folder, [one.digest for one in known.values()])
    lack = {key: one for key, one in known.items() if synthesis_files.lacking(folder, one.digest)}
    return one_by_one.each(FILES, lack, partial(_keep, folder, app.config["BASE_URL"]))


def _keep(folder: Path, base_url: str, version: synthesis_files.Version) -> int:
    return synthesis_files.keep(folder, version, base_url=base_url)
