"""Find a consultation for whoever reads: what they may not know of is as good as missing."""

import re
from collections.abc import Callable
from typing import Any

from flask import abort, g
from sqlalchemy import Executable

from ... import access, clock
from ...domain import roles
from ...extensions import db
from ...models import Consultation, Question, Theme
from ...queries import consultations, outlines, published, shapes

KEY = re.compile(r"[0-9A-Za-z_-]{1,80}")


def reader() -> consultations.Reader:
    """Return who reads the current request, as the queries ask for it."""
    if "reader" not in g:
        account = access.viewer().account
        held = access.viewer().roles()
        g.reader = (
            consultations.Reader(participant_id=access.viewer().invited_id)
            if account is None
            else consultations.Reader(
                account_id=account.id if held & roles.STRONG else None,
                email=account.email if account.confirmed_at is not None else None,
                sees_all=roles.ADMINISTRATOR in held,
            )
        )
    return g.reader


def visible_or_404(slug: str) -> Consultation:
    """Return the consultation of an address, or answer 404 as if it had never been."""
    return _found(consultations.by_slug, slug, slug=slug)[0]


def visible_by_id_or_404(consultation_id: str) -> Consultation:
    """Return a consultation by its identifier, or answer 404 as if it had never been."""
    return _found(consultations.by_id, consultation_id, consultation_id=consultation_id)[0]


def question_or_404(slug: str, theme: int, number: int) -> tuple[Consultation, Theme, Question]:
    """Return a question by its address, with its theme and its consultation, or answer 404."""
    found = _found(outlines.question, slug, slug=slug, theme=theme, number=number)
    return found[0], found[1], found[2]


def question_by_id_or_404(question_id: str) -> tuple[Consultation, Question]:
    """Return a question by its identifier, with its consultation, or answer 404."""
    found = _found(published.question, question_id, question_id=question_id)
    return found.Consultation, found.Question


def _found(build: Callable[..., Executable], key: str, **asked: Any) -> Any:
    """Return the row that a query finds for this reader, or answer 404."""
    if not KEY.fullmatch(key):
        abort(404)
    query = shapes.of(build, **asked, reader=reader(), now=clock.now())
    found = db.session.execute(*query).one_or_none()
    if found is None:
        abort(404)
    return found
