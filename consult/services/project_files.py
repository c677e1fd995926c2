"""The files joined to a project, by those who carry it, for those who need them."""

from datetime import datetime

from sqlalchemy.orm import Session

from ..domain import open_calls
from ..domain.errors import RuleBroken
from ..models import Account, OpenCall, Project, ProjectFile
from . import journal, project_carriers, projects
from .stored_files import Shelf, Upload

SHELF = Shelf(ProjectFile, "project-files", 10)


def add(
    session: Session,
    call: OpenCall,
    project: Project,
    upload: Upload,
    *,
    by: Account,
    now: datetime,
) -> ProjectFile:
    """Keep what a file is; the caller writes its bytes.

    Raises project-carriers-only (403), what `may_change` raises, documents-too-many, and what
    `domain.files.sniff` raises.
    """
    columns = upload.read()
    may_change(session, call, project, by=by, now=now)
    joined = SHELF.join(session, columns, {"project_id": project.id}, now=now)
    _record(session, "project.file-joined", joined, by, now)
    return joined


def remove(
    session: Session, call: OpenCall, joined: ProjectFile, *, by: Account, now: datetime
) -> None:
    """Take a file away; the caller removes its bytes once that is committed."""
    project = session.get_one(Project, joined.project_id)
    may_change(session, call, project, by=by, now=now)
    SHELF.drop(session, joined)
    _record(session, "project.file-removed", joined, by, now)


def may_change(
    session: Session, call: OpenCall, project: Project, *, by: Account, now: datetime
) -> None:
    """Refuse to change the files of a project: others' (403), or too late (409)."""
    projects.hold(session, call, project)
    project_carriers.require(session, project, by)
    if project.state == "withdrawn":
        raise RuleBroken("project-withdrawn", 409)
    if open_calls.phase(call, now) != open_calls.OPEN:
        projects.may_complete(session, call, project, now=now)


def _record(session: Session, act: str, joined: ProjectFile, by: Account, now: datetime) -> None:
    subject, actor = f"project:{joined.project_id}", f"account:{by.id}"
    journal.record(session, act, subject, actor=actor, now=now, file=joined.id)
