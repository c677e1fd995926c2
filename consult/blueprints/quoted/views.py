"""What is quoted, from which text, and the button that contests it: looking changes nothing."""

from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock
from ...access import public
from ...domain import passages
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...queries import extracts as queries
from ...services import drafts, quoting
from ..console import quoted_letters
from ..follows.stopping import PER_MINUTE, QUIET
from .routes import bp


@bp.get("/quoted/<token>")
@public
@limiter.limit(PER_MINUTE)
def quoted(token: str) -> ResponseReturnValue:
    """Show the passage, and offer to contest it."""
    return _page(token, _row_or_404(token)), 200, QUIET


@bp.post("/quoted/<token>")
@public
@limiter.limit(PER_MINUTE)
def contest(token: str) -> ResponseReturnValue:
    """Contest a passage: it cannot be published with the name."""
    row = _row_or_404(token)
    why, now = request.form.get("why", ""), clock.now()
    try:
        quoting.contest(db.session(), row.Extract.id, why, now=now)
    except RuleBroken as broken:
        db.session.rollback()
        page = _page(token, _row_or_404(token), sentence(broken), drafts.plain(why))
        return page, broken.status, QUIET
    db.session.commit()
    flash(gettext("It is noted: your name will not be quoted with these words."), "success")
    return redirect(f"/quoted/{token}", 303)


def _row_or_404(token: str) -> Any:
    extract_id = quoted_letters.of_token(token)
    row = db.session.execute(queries.quoted(extract_id)).one_or_none() if extract_id else None
    if row is None:
        abort(404)
    return row


def _page(token: str, row: Any, error: str = "", typed: str = "") -> str:
    until = passages.contest_until(row.Extract.told_at)
    return render_template(
        "quoted/show.html",
        token=token,
        row=row,
        extract=row.Extract,
        until=until,
        late=until <= clock.now(),
        limit=passages.WHY_LIMIT,
        error=error,
        typed=typed,
    )
