"""What the worker does for published syntheses: make their files once, forget those of no more."""

from functools import partial
from pathlib import Path

from flask import Flask

from ... import one_by_one, synthesis_files
from ...extensions import db
from ...models import SynthesisVersion
from ...queries import published_syntheses

FILES = "files of synthesis"


def keep_files(app: Flask) -> int:
    """Make the files that published versions lack; return how many were made."""
    session, folder = db.session(), Path(app.config["DATA_DIR"])
    known = {row.id: row.digest for row in session.execute(published_syntheses.digests())}
    session.commit()
    synthesis_files.sweep(folder, known.values())
    lack = {key: key for key, mark in known.items() if synthesis_files.lacking(folder, mark)}
    return one_by_one.each(FILES, lack, partial(_keep, folder, app.config["BASE_URL"]))


def _keep(folder: Path, base_url: str, version_id: str) -> int:
    version = db.session.get_one(SynthesisVersion, version_id)
    return synthesis_files.keep(folder, version, base_url=base_url)
