"""The board of the promised answers: kept, late, expected, by institution."""

from flask import Blueprint, Response, request, url_for

from ... import cache, clock
from ...access import public
from ...domain import promises as rules
from ...extensions import db
from ...queries import paging, promises

bp = Blueprint("promises", __name__)


@bp.get("/promises")
@public
def index() -> Response:
    """Show who promised to answer by when, and what came of it."""
    now, state = clock.now(), rules.state(request.args.get("state"))
    query = promises.listed(now, state, request.args.get("cursor"))
    rows, after = paging.cut(db.session.execute(query).all(), lambda row: (row.due_at, row.id))
    return cache.page(
        "promises/index.html",
        institutions=db.session.execute(promises.by_institution(now)).all(),
        rows=rows,
        states=rules.STATES,
        labels=rules.LABELS,
        sources={name: module.LABEL for name, module in promises.sources().items()},
        chosen=state,
        next_url=url_for("promises.index", state=state, cursor=after) if after else None,
    )
