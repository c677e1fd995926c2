"""What a call changed: published reports, figures by territory and by theme, help in kind."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ...access import public
from ...domain import in_kind
from ...extensions import db
from ...models import OpenCall
from ...queries import paging
from ...queries import project_reports as queries
from ..open_calls import load
from .routes import bp


@bp.get("/open-calls/<slug>/changed")
@public
def changed(slug: str) -> ResponseReturnValue:
    """Show what the projects of a call did."""
    call = load.visible_or_404(slug)
    session = db.session()
    rows, after = paging.cut(
        session.execute(queries.published(call.id, request.args.get("cursor"))).all(),
        lambda row: (row.ProjectReport.published_at, row.ProjectReport.project_id),
    )
    return render_template(
        "payments/changed.html",
        call=call,
        rows=rows,
        places=session.execute(queries.by_territory(call.id)).all(),
        themes=_themes(call),
        lent=session.execute(queries.in_kind(call.id)).all(),
        kinds=in_kind.KINDS,
        next_url=f"/open-calls/{call.slug}/changed?cursor={after}#reports" if after else None,
    )


def _themes(call: OpenCall) -> list[dict[str, Any]]:
    """Return the figures of each theme under its name, where the call has themes."""
    if not call.themes:
        return []
    rows = db.session.execute(queries.by_theme(call.id)).all()
    return [
        {**row._asdict(), "theme": call.themes[row.theme - 1] if row.theme else ""} for row in rows
    ]
