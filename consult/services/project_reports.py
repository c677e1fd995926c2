"""What was done with the money: told by those who carry a project, published once, corrected."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from ..domain import clean, money, photos
from ..domain.errors import RuleBroken
from ..models import Account, OpenCall, Project, ProjectReport, new_id
from ..queries import payments as queries
from . import documents, journal, payments

DONE_LIMIT = 10_000
_PEOPLE = re.compile(r"[0-9]{1,9}", re.ASCII)


@dataclass(frozen=True)
class Told:
    """What a form says of what was done; amounts are written in the form's language."""

    done: object
    spent: object = ""
    people: object = ""
    photo: bytes = b""
    photo_shows: object = ""
    locale: str = "fr"
    version: str = "0"
    publish: bool = False


def write(
    session: Session, project: Project, told: Told, *, data_dir: Path, by: Account, now: datetime
) -> str | None:
    """Keep a report, public when it is published; return the photo that it no longer shows.

    Raises award-missing (409) when the project receives nothing, stale (409) for a form of before
    another change, report-missing, people-number, photo-shows-missing, and what amounts and
    photos raise.
    """
    values = _read(told)
    payments.claim(session, session.get_one(OpenCall, project.call_id))
    if not session.scalar(queries.received(project.id)):
        raise RuleBroken("award-missing", 409)
    kept = session.get(ProjectReport, project.id, populate_existing=True)
    if str(kept.version if kept else 0) != told.version:
        raise RuleBroken("stale", 409)
    if kept is None:
        kept = ProjectReport(project_id=project.id, version=0)
        session.add(kept)
    before = kept.photo
    kept.photo_shows = _shows(told, kept)
    kept.done, kept.spent_cents, kept.people = values
    if told.photo:
        kept.photo = _keep(told.photo, data_dir)
    kept.version += 1
    kept.updated_at = now
    if told.publish and kept.published_at is None:
        kept.published_at = now
    session.flush()
    act = "project_report.published" if told.publish else "project_report.written"
    actor, name = f"account:{by.id}", f"project:{project.id}"
    journal.record(session, act, name, actor=actor, now=now, version=kept.version)
    return before if before != kept.photo else None


def _read(told: Told) -> tuple[str, int | None, int | None]:
    done = clean.text(told.done, DONE_LIMIT, required="report-missing")
    spent = clean.line(told.spent)
    people = clean.line(told.people)
    if people and not _PEOPLE.fullmatch(people):
        raise RuleBroken("people-number")
    cents = money.read(spent, told.locale) if spent else None
    return done, cents, int(people) if people else None


def _shows(told: Told, kept: ProjectReport) -> str:
    """Return what the photo shows, which must be said when there is one."""
    has_photo = bool(told.photo) or kept.photo is not None
    required = "photo-shows-missing" if has_photo else ""
    return clean.line(told.photo_shows, 200, required=required) if has_photo else ""


def _keep(content: bytes, data_dir: Path) -> str:
    name = new_id()
    documents.SHELF.keep(data_dir, name, photos.remade(content))
    return name
