"""The open calls that anyone may read."""

from typing import Any

from ... import clock
from ...access import public
from ...domain import open_calls as rules
from ...domain.kinds import N_
from ...extensions import db
from ...models import Territory
from ...queries import open_calls, paging
from ..open_calls import load
from . import given_calls, reading, sent, shapes
from .bp import bp, reads

SAME = ("id", "slug", "title", "opened_by", "about", "rule", "time_zone", "opens_at", "closes_at")
WHOLE = (
    "may_apply", "audience", "surplus", "fiscal_host", "extended_reason", "cancelled_reason",
    "terms", "terms_digest",
)  # fmt: skip


@bp.get("/open-calls")
@reads(N_("List the open calls."), given_calls.OpenCalls, sent.CallQuery)
@public
def list_calls(query: reading.Query) -> reading.Answer:
    """List the open calls, the newest first; `territory` keeps those for its people."""
    limit = query["limit"]
    chosen = paging.after(
        open_calls.published(query.get("territory")),
        open_calls.LATEST,
        descending=True,
        cursor_text=query.get("cursor"),
        limit=limit,
    )
    found = db.session.execute(chosen).all()
    rows, after = paging.cut(found, lambda row: (row.published_at, row.id), limit)
    places = [shapes.place(row.territory_code, row.territory) for row in rows]
    return reading.listed(list(map(_call, rows, places)), after)


@bp.get("/open-calls/<slug>")
@reads(N_("Read an open call, its envelopes and its terms."), given_calls.WholeCall)
@public
def read_call(_query: reading.Query, slug: str) -> dict[str, Any]:
    """Read an open call, its envelopes and its terms."""
    call = load.visible_or_404(slug)
    envelopes = db.session.execute(open_calls.envelopes(call.id)).all()
    territory = db.session.get(Territory, call.territory_code) if call.territory_code else None
    place = shapes.place(call.territory_code, territory.name if territory else None)
    return {
        **_call(call, place, sum(row.amount_cents for row in envelopes)),
        **{name: getattr(call, name) for name in WHOLE},
        "principles": db.session.scalars(open_calls.principles(call.id)).all(),
        "envelopes": envelopes,
    }


def _call(row: Any, place: dict[str, str] | None, cents: int | None = None) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in SAME},
        "url": shapes.url(f"/open-calls/{row.slug}"),
        "phase": rules.phase(row, clock.now()),
        "envelope_cents": row.envelope_cents if cents is None else cents,
        "territory": place,
        "counts": {"projects": row.projects},
    }
