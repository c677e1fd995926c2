"""What a matter begins with: an answer, a proposal, the minutes of a meeting, or nothing."""

from typing import NamedTuple

from flask import url_for
from wtforms import HiddenField

from ... import access, clock
from ...extensions import db
from ...models import Room, Statement
from ...queries import registers, statements
from ...services import matters
from ..consultations import load as consultations
from ..rooms import load as rooms
from .rewording import WordsForm

EXCERPT = 140
KINDS = ("answer", "proposal")


class Source(NamedTuple):
    """What a matter begins with: its words, and what is kept of where they come from."""

    title: str = ""
    body: str = ""
    statement_id: str | None = None
    minutes: str = ""
    path: str = ""
    document_id: str | None = None


class NewMatterForm(WordsForm):
    """A new matter: its words, what it began with, the number of the form."""

    key = HiddenField()
    text = HiddenField()
    paper = HiddenField()


def of_text(text: str) -> Source:
    """Return what a published text begins a matter with, nothing for one that cannot be read."""
    if rooms.ID.fullmatch(text):
        query = statements.visible_to(
            consultations.reader(), access.viewer().participant_id, clock.now()
        )
        published = (Statement.kind.in_(KINDS), Statement.state == "published")
        row = db.session.execute(query.where(Statement.id == text, *published)).one_or_none()
        if row is not None:
            return _of_text(row[0])
    return Source()


def of(room: Room, text: str, paper: str) -> Source:
    """Return what a matter begins with, nothing for what the reader may not know of."""
    found = of_text(text)
    if not found.path and rooms.ID.fullmatch(paper):
        row = db.session.execute(registers.document(room.id, paper)).one_or_none()
        if row is not None:
            path = url_for("rooms.document", slug=room.slug, paper_id=paper)
            return Source(row[0].title, row[0].body or "", None, row[0].title, path, paper)
    return found


def _of_text(statement: Statement) -> Source:
    body = statement.body or ""
    title = statement.title or " ".join(body.split())
    short = title if len(title) <= EXCERPT else f"{title[:EXCERPT].rsplit(' ', 1)[0]}…"
    path = f"/{statement.kind}s/{statement.id}"
    return Source(short, body[: matters.BODY_LIMIT], statement.id, "", path)
