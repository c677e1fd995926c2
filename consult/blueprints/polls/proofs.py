"""What proves a count: every ballot and receipt, the program that counts them again."""

import io
import zipfile
from functools import lru_cache
from pathlib import Path

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from ... import access, domain
from ...access import public, requires
from ...domain import polls as rules
from ...domain import receipts
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import sentence
from ...models import PollCount
from ...prose import readable
from ...queries import polls as queries
from ...services import poll_counts
from . import load, views, words
from .routes import bp

LONG_AGO = (1980, 1, 1, 0, 0, 0)
MAIN = "import sys\nfrom domain import recount\nsys.exit(recount.main(sys.argv[1:]))\n"


def content_or_409(poll_id: str) -> str:
    """Return the published file of a vote; there is none before it is counted."""
    query = queries.counted(poll_id).with_only_columns(PollCount.content)
    found = db.session.execute(query).scalar_one_or_none()
    if found is None:
        raise RuleBroken("poll-not-counted", 409)
    return str(found)


@bp.get("/polls/<poll_id>/ballots.json")
@requires("poll.read")
def file(poll_id: str) -> Response:
    """Send every ballot with the mark of its receipt, in the order of their random names."""
    row = load.visible_or_404(poll_id)
    response = Response(content_or_409(row.Poll.id), mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="vote-{row.Poll.id}.json"'
    return response


@bp.post("/polls/<poll_id>/find-receipt")
@requires("poll.read")
@limiter.limit("30 per minute")
def find(poll_id: str) -> ResponseReturnValue:
    """Show the ballot of a code among those counted; nothing is written."""
    row = load.visible_or_404(poll_id)
    content, typed = content_or_409(poll_id), request.form.get("code", "")
    ballot, error = None, ""
    try:
        mark = receipts.mark(poll_id, receipts.normalise(typed))
        ballot = poll_counts.ballot_of(content, mark)
        if ballot is None:
            raise RuleBroken("receipt-unknown")
    except RuleBroken as broken:
        error = sentence(broken)
    text = render_template(
        "polls/found.html",
        **views.about(row),
        ballot=ballot,
        lines=words.lines(row.Poll, ballot["ballot"]) if ballot else [],
        typed=readable(typed),
        error=error,
    )
    return text, 422 if error else 200, {"Cache-Control": "no-store"}


@bp.get("/polls/<poll_id>/by-name")
@requires("poll.vote")
def by_name(poll_id: str) -> ResponseReturnValue:
    """Show the people of the room who said what, in a vote that was not secret."""
    row = load.visible_or_404(poll_id)
    poll = row.Poll
    if poll.is_secret:
        abort(404)
    inside = load.elector(poll_id) is not None
    runs = access.viewer().may("poll.manage", room=views.room_of(row))
    if not (inside or runs) or poll.counted_at is None:
        raise RuleBroken("receipt-private", 403)
    said = db.session.execute(queries.named(poll_id)).all()
    return render_template(
        "polls/by_name.html",
        **views.about(row),
        said=[
            (one.name or one.email or "", words.lines(poll, one.said["ballot"]) if one.said else [])
            for one in said
        ],
        state=rules.CLOSED,
    )


@bp.get("/recount.pyz")
@public
def program() -> Response:
    """Send the program that counts a published file again, in one file, in plain Python."""
    response = Response(archive(), mimetype="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="recount.pyz"'
    return response


@lru_cache(maxsize=1)
def archive() -> bytes:
    """Return the rules of this site, as an archive that Python runs; always the same bytes."""
    folder, kept = Path(domain.__file__).parent, io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(zipfile.ZipInfo("__main__.py", LONG_AGO), MAIN)
        for source in sorted(folder.rglob("*.py")):
            name = (Path("domain") / source.relative_to(folder)).as_posix()
            packed.writestr(zipfile.ZipInfo(name, LONG_AGO), source.read_bytes())
    return kept.getvalue()
