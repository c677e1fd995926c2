"""The console's routes hang here; what they act on is found for its organiser, or is missing."""

import re
from typing import TypeVar

from flask import Blueprint, abort

from ... import access, clock
from ...extensions import db
from ...models import (
    Base,
    Consultation,
    Document,
    Question,
    ReadingTag,
    Statement,
    SuggestedTheme,
    Theme,
)
from ...queries import statements
from ..consultations import load

bp = Blueprint("console", __name__, url_prefix="/console")
Found = TypeVar("Found", Theme, Question, Document, SuggestedTheme, ReadingTag)
_KEY = re.compile(r"[0-9A-Za-z]{1,18}")


def actor() -> str:
    """Name whoever acts, as the journal does."""
    return f"account:{access.account().id}"


def managed(slug: str, action: str = "consultation.manage") -> Consultation:
    """Return a consultation for its organiser: 404 when it is not visible, else 403."""
    consultation = load.visible_or_404(slug)
    access.check(action, consultation)
    return consultation


def part(model: type[Found], consultation: Consultation, key: str) -> Found:
    """Return a theme, question, document, suggestion or tag of this consultation, or answer 404."""
    found = db.session.get(model, key) if _KEY.fullmatch(key) else None
    if found is None or found.consultation_id != consultation.id:
        abort(404)
    return found


def key_or_404(key: str) -> str:
    """Return an identifier, or answer 404 for what cannot be one."""
    if not _KEY.fullmatch(key):
        abort(404)
    return key


def statement_of(key: str, action: str) -> tuple[Statement, Consultation]:
    """Return a text and its consultation for its organiser: 404 when not visible, else 403."""
    query = statements.visible_to(load.reader(), access.viewer().participant_id, clock.now())
    row = None
    if _KEY.fullmatch(key):
        row = db.session.execute(query.where(Statement.id == key)).one_or_none()
    if row is None:
        abort(404)
    statement, consultation = row
    access.check(action, consultation)
    return statement, consultation


def reload(thing: Base) -> None:
    """Read a row again after a refusal, so that the page shows what is stored."""
    db.session.refresh(thing)
