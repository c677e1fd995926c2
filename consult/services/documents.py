"""The files joined to a consultation: checked, kept under a random name, taken away."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ..domain import clean, files
from ..domain.errors import RuleBroken
from ..models import Consultation, Document, new_id
from . import consultations, journal

FOLDER = "documents"
MOST = 30


@dataclass(frozen=True)
class Upload:
    """A file as it arrives: its name, which proves nothing, its bytes, and a title."""

    name: str
    content: bytes
    title: str = ""


def add(
    session: Session,
    consultation: Consultation,
    *,
    upload: Upload,
    data_dir: Path,
    actor: str,
    now: datetime,
) -> Document:
    """Keep a file: its bytes alone say what it is, and it lies under a random name."""
    content = upload.content
    kind = files.sniff(content, upload.name)
    name = files.clean_name(upload.name, kind)
    consultations.claim(session, consultation.id)
    held = select(func.count()).where(Document.consultation_id == consultation.id)
    if (session.scalar(held) or 0) >= MOST:
        raise RuleBroken("documents-too-many", max=MOST)
    document = Document(
        id=new_id(),
        consultation_id=consultation.id,
        title=clean.line(upload.title, 200) or name.rsplit(".", 1)[0],
        file_name=name,
        media_type=files.TYPES[kind],
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        created_at=now,
    )
    session.add(document)
    session.flush()
    target = path(data_dir, document.id)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    _record(session, document, "document.added", actor=actor, now=now)
    return document


def remove(session: Session, document: Document, *, actor: str, now: datetime) -> None:
    """Take a document away; the caller removes its bytes once that is committed."""
    session.execute(delete(Document).where(Document.id == document.id))
    _record(session, document, "document.removed", actor=actor, now=now)


def path(data_dir: Path, document_id: str) -> Path:
    """Return where the bytes of a document lie."""
    return data_dir / FOLDER / document_id


def _record(session: Session, document: Document, act: str, *, actor: str, now: datetime) -> None:
    journal.record(
        session,
        act,
        f"document:{document.id}",
        actor=actor,
        now=now,
        consultation_id=document.consultation_id,
    )
