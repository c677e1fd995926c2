"""What the worker does for archives: ask for those of the night, make them a second at a time.

The letters leave in between: a file of a million texts takes minutes, nobody waits for it.
"""

import logging
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic

from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from ... import clock, i18n, synthesis_files
from ...domain.syntheses.composed import encoded, read
from ...extensions import db, steady
from ...formats import open_data
from ...models import Aid, Consultation
from ...queries import archives as queries
from ...queries import published_syntheses
from ...services import archives, exports, pictures
from ...site import data_licence
from . import files

SLICE = 1.0
AT_ONCE = 20
log = logging.getLogger(__name__)


@dataclass
class Work:
    """An archive being made by this process: its parts to come, and when it last said so."""

    aid_id: str
    steps: Iterator[float]
    beat_at: datetime | None


_under_way: list[Work] = []


def renew(app: Flask) -> int:
    """Ask for the archives of the night; forget the files of those that are no more."""
    session = db.session()
    asked = archives.renew(session, now=clock.now(), most=AT_ONCE)
    session.commit()
    held = [*archives.outlived(session), *(work.aid_id for work in _under_way)]
    session.commit()
    files.sweep(Path(app.config["DATA_DIR"]), held)
    return asked


def go_on(app: Flask) -> bool:
    """Make a second's worth of the archive under way, or begin the next; False when there is none.

    A fault says that it failed; a database that is away leaves it to be begun again.
    """
    work = _under_way[0] if _under_way else _begin(app)
    if work is None:
        return False
    session = db.session()
    aid = session.get(Aid, work.aid_id)
    if aid is None or aid.state != "running" or aid.beat_at != work.beat_at:
        _drop(work)  # somebody else took it over
        return True
    try:
        share = _advance(work)
    except OperationalError:
        _drop(work)
        raise
    except Exception:
        log.exception("archive %s failed", work.aid_id)
        _drop(work)
        archives.fail(session, aid, now=clock.now())
        session.commit()
        return True
    _say(session, work, aid, share)
    return True


def _begin(app: Flask) -> Work | None:
    session = db.session()
    taken = archives.take(session, now=clock.now())
    session.commit()
    if taken is None:
        return None
    folder = Path(app.config["DATA_DIR"])
    work = Work(taken.id, _steps(folder, app.config["BASE_URL"], taken), taken.beat_at)
    _under_way.append(work)
    return work


def _advance(work: Work) -> float | None:
    """Go on for a second; return the share that is done, None when the file is in place."""
    ends = monotonic() + SLICE
    for share in work.steps:
        if monotonic() >= ends:
            return share
    return None


def _say(session: Session, work: Work, aid: Aid, share: float | None) -> None:
    now = clock.now()
    if share is None:
        archives.finish(session, aid, now=now)
        _drop(work)
    elif archives.beat(session, aid, share, now=now):
        work.beat_at = aid.beat_at
    session.commit()


def _drop(work: Work) -> None:
    """Leave an archive: what was written of it goes."""
    work.steps.close()  # type: ignore[attr-defined]
    _under_way.remove(work)


def _steps(folder: Path, base_url: str, aid: Aid) -> Iterator[float]:
    """Make the file of an archive under another name, then put it in its place."""
    target, partial = files.path(folder, aid.id), files.partial(folder, aid.id)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with partial.open("wb") as out, Session(steady(db.engine)) as session:
            consultation = session.get_one(Consultation, aid.consultation_id)
            yield from open_data.write(
                exports.stream(session, consultation),
                consultation.slug,
                beside(session, consultation, folder, base_url),
                out,
                expected=session.scalar(queries.records(consultation.id)) or 0,
                licence=data_licence(),
            )
            out.flush()
            os.fsync(out.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def beside(
    session: Session, consultation: Consultation, folder: Path, base_url: str
) -> Mapping[str, bytes]:
    """Return what goes with the data: how it may be used, the published synthesis, its pictures."""
    i18n.use("fr")
    lines = [
        data_licence(),
        f"{consultation.title} – {consultation.asked_by}",
        f"{base_url}/consultations/{consultation.slug}",
        i18n.day(clock.now(), consultation.time_zone),
    ]
    found = {"LICENCE.txt": "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")}
    version = session.scalars(published_syntheses.of_consultation(consultation.id)).one_or_none()
    if version is not None:
        readable = synthesis_files.readable(session, version)
        found["synthesis.json"] = encoded(readable.content)
        held = pictures.bytes_of(folder, read(readable.content))
        found |= {f"pictures/{key}.jpg": content for key, content in held.items()}
    return found
