"""What the worker does for published syntheses: make their files once, forget those of no more."""

from pathlib import Path

from flask import Flask

from ... import one_by_one, synthesis_files
from ...extensions import db
from ...models import SynthesisVersion
from ...queries import published_syntheses

FILES = "files of synthesis"


def keep_files(app: Flask) -> int:
    """Make the files that published versions lack; return how many were made.

    Those of a version from which something was taken back are made again without it.
    """
    session, folder = db.session(), Path(app.config["DATA_DIR"])
    held: set[str] = set()

    def keep(version_id: str) -> int:
        version = synthesis_files.readable(session, session.get_one(SynthesisVersion, version_id))
        held.add(version.digest)
        return synthesis_files.keep(folder, version, base_url=app.config["BASE_URL"])

    keys = session.scalars(published_syntheses.keys()).all()
    session.commit()
    made = one_by_one.each(FILES, {key: key for key in keys}, keep)
    synthesis_files.sweep(folder, held)
    return made
