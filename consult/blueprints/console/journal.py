"""The journal's entries, read by whoever checks the site; they hold no text and no name."""

import re

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...access import requires
from ...extensions import db
from ...models import JournalEntry
from ...queries import journal, paging
from .blueprint import bp

SUBJECT = re.compile(r"[a-z-]{1,20}(:[0-9A-Za-z_-]{1,40})?")


@bp.get("/journal")
@requires("journal.read")
def journal_entries() -> ResponseReturnValue:
    """List the entries, the newest first, all or those about one thing."""
    typed = request.args.get("about", "").strip()
    about = typed if SUBJECT.fullmatch(typed) else ""
    query = paging.after(
        journal.entries(about or None),
        (JournalEntry.id,),  # type: ignore[arg-type]
        descending=True,
        cursor_text=request.args.get("cursor"),
        limit=paging.MOST,
    )
    rows, after = paging.cut(db.session.execute(query).all(), lambda row: (row.id,), paging.MOST)
    more = url_for("console.journal_entries", about=about or None, cursor=after)
    return render_template(
        "console/journal.html", rows=rows, about=about, next_url=more if after else None
    )
