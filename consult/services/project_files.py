"""The files joined to a project: checked, kept under a random name, for those who need them."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ..domain import clean, files, open_calls
from ..domain.errors import RuleBroken
from ..models import Account, OpenCall, Project, ProjectFile, new_id
from . import journal, project_carriers, projects
from .documents import Upload

FOLDER = "project-files"
MOST = 10
TITLE_LIMIT = 200


def add(
    session: Session,
    call: OpenCall,
    project: Project,
    upload: Upload,
    *,
    by: Account,
    now: datetime,
) -> ProjectFile:
    """Keep what a file is; the caller writes its bytes once that is committed.

    Raises project-carriers-only (403), what `may_change` raises, files-too-many, and what
    `domain.files.sniff` raises.
    """
    kind = files.sniff(upload.content, upload.name)
    name = files.clean_name(upload.name, kind)
    may_change(session, call, project, by=by, now=now)
    held = select(func.count()).where(ProjectFile.project_id == project.id)
    if (session.scalar(held) or 0) >= MOST:
        raise RuleBroken("documents-too-many", max=MOST)
    joined = ProjectFile(
        id=new_id(),
        project_id=project.id,
        title=clean.line(upload.title, TITLE_LIMIT) or name.rsplit(".", 1)[0],
        file_name=name,
        media_type=files.TYPES[kind],
        size=len(upload.content),
        sha256=hashlib.sha256(upload.content).hexdigest(),
        created_at=now,
    )
    session.add(joined)
    session.flush()
    _record(session, "project.file-joined", joined, by, now)
    return joined


def remove(
    session: Session, call: OpenCall, joined: ProjectFile, *, by: Account, now: datetime
) -> None:
    """Take a file away; the caller removes its bytes once that is committed."""
    project = session.get_one(Project, joined.project_id)
    may_change(session, call, project, by=by, now=now)
    session.execute(delete(ProjectFile).where(ProjectFile.id == joined.id))
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


def keep(data_dir: Path, file_id: str, content: bytes) -> None:
    """Write the bytes of a file."""
    target = path(data_dir, file_id)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def path(data_dir: Path, file_id: str) -> Path:
    """Return where the bytes of a file lie."""
    return data_dir / FOLDER / file_id


def forget(data_dir: Path, ids: Iterable[str]) -> None:
    """Delete the bytes of files that are no more."""
    for file_id in ids:
        path(data_dir, file_id).unlink(missing_ok=True)


def sweep(session: Session, data_dir: Path, *, before: datetime) -> int:
    """Delete the bytes that no project holds any more, written before an instant; how many."""
    known = set(session.scalars(select(ProjectFile.id).order_by(ProjectFile.id)))
    left = [
        file
        for file in sorted((data_dir / FOLDER).glob("*"))
        if file.name not in known and file.stat().st_mtime < before.timestamp()
    ]
    for file in left:
        file.unlink(missing_ok=True)
    return len(left)


def _record(session: Session, act: str, joined: ProjectFile, by: Account, now: datetime) -> None:
    subject, actor = f"project:{joined.project_id}", f"account:{by.id}"
    journal.record(session, act, subject, actor=actor, now=now, file=joined.id)
