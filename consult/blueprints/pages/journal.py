"""The heads of the journal, published so that anyone may keep a copy."""

from flask import Response
from flask.typing import ResponseReturnValue

from ... import cache, heads
from ...access import public
from ...extensions import db
from ...queries import journal
from .bp import bp

DAYS_SHOWN = 60


@bp.get("/journal")
@public
def journal_page() -> ResponseReturnValue:
    """Say what the journal is, where its chain ends, and the heads of the last days."""
    return cache.page(
        "pages/journal.html",
        end=db.session.execute(journal.last_seal()).first(),
        heads=db.session.execute(journal.heads().limit(DAYS_SHOWN)).all(),
    )


@bp.get("/journal/heads.txt")
@public
def journal_heads() -> Response:
    """Give every head published so far, one a line."""
    body = "".join(f"{line}\n" for line in heads.lines(db.session()))
    return Response(body, mimetype="text/plain")
