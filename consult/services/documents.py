"""The files joined to a consultation: kept for everyone who may read it, taken away."""

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from ..models import Consultation, Document
from . import consultations, journal
from .stored_files import Shelf, Upload

SHELF = Shelf(Document, "documents", 30)


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
    columns = upload.read()
    consultations.claim(session, consultation.id)
    holder = {"consultation_id": consultation.id}
    document = SHELF.join(session, columns, holder, now=now)
    SHELF.keep(data_dir, document.id, upload.content)
    _record(session, document, "document.added", actor=actor, now=now)
    return document


def remove(session: Session, document: Document, *, actor: str, now: datetime) -> None:
    """Take a document away; the caller removes its bytes once that is committed."""
    SHELF.drop(session, document)
    _record(session, document, "document.removed", actor=actor, now=now)


def _record(session: Session, document: Document, act: str, *, actor: str, now: datetime) -> None:
    journal.record(
        session,
        act,
        f"document:{document.id}",
        actor=actor,
        now=now,
        consultation_id=document.consultation_id,
    )
