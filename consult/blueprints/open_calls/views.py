"""The list of open calls, ours and those of others, and the page of each."""

from collections.abc import Sequence
from typing import Any

from flask import Response

from ... import access, cache, clock
from ...access import requires
from ...domain import assessments, call_examples, call_terms, days, places
from ...domain import open_calls as rules
from ...extensions import db
from ...models import Instalment, OpenCall, SplitDecision, Territory
from ...queries import open_calls, outside_calls, paging, projects
from ...services import assessments as checks
from ...services import call_conditions, call_parts, splits
from ..consultations import asked
from . import load
from .routes import bp

PARIS = "Europe/Paris"
FIRST = 10  # of the board, under our own calls
OUTSIDE = "outside"


@bp.get("/open-calls")
@requires("call.read")
def index() -> Response:
    """List our calls, the newest first, then the first to close of the board."""
    near = place()
    if asked.word("show") == OUTSIDE:
        return _board(near)
    query = paging.after(
        open_calls.published(near.code if near else None),
        open_calls.LATEST,
        descending=True,
        cursor_text=asked.cursor(),
    )
    rows, after = paging.cut(
        db.session.execute(query).all(), lambda row: (row.published_at, row.id)
    )
    board: Sequence[Any] = []
    more: str | None = None
    if asked.cursor() is None:
        board, more = _outside(near, None, FIRST)
    return cache.page(
        "open_calls/index.html",
        calls=shown(rows),
        labels=rules.LABELS,
        board=list(board),
        has_more=more is not None,
        near=_said(near),
        may_create=access.viewer().may("call.create"),
        next_url=asked.path(cursor=after) if after else None,
    )


def _board(near: Territory | None) -> Response:
    rows, after = _outside(near, asked.cursor(), paging.SIZE)
    return cache.page(
        "open_calls/board.html",
        board=list(rows),
        near=_said(near),
        next_url=asked.path(cursor=after) if after else None,
    )


def _outside(
    near: Territory | None, cursor: str | None, limit: int
) -> tuple[Sequence[Any], str | None]:
    today = days.today(clock.now(), near.time_zone if near else PARIS)
    query = paging.after(
        outside_calls.on_the_board(today, near.code if near else None),
        outside_calls.FIRST_TO_CLOSE,
        descending=False,
        cursor_text=cursor,
        limit=limit,
    )
    found = db.session.execute(query).all()
    return paging.cut(found, lambda row: (row.ends_on, row.id), limit)


def place() -> Territory | None:
    """Return the territory that a list is narrowed to; an unknown one narrows nothing."""
    code = asked.word("territory") or ""
    return db.session.get(Territory, code) if places.CODE.fullmatch(code) else None


def _said(near: Territory | None) -> dict[str, str] | None:
    return {"code": near.code, "name": near.name} if near else None


def shown(rows: Sequence[Any]) -> list[tuple[Any, str]]:
    """Return calls with their phase."""
    now = clock.now()
    return [(row, rules.phase(row, now)) for row in rows]


@bp.get("/open-calls/<slug>")
@requires("call.read")
def show(slug: str) -> Response:
    """Show a call: its promise, its envelope, who may ask, its principles, its rule, examples."""
    call, now = load.visible_or_404(slug), clock.now()
    bounds = call_parts.bounds(call)
    given = db.session.execute(open_calls.envelopes(call.id)).all()
    principles = db.session.scalars(open_calls.principles(call.id)).all()
    amounts = [row.amount_cents for row in given]
    sent, next_url = _projects(call)
    phase = rules.phase(call, now)
    decided = _decided(call, phase)
    territory = db.session.get(Territory, call.territory_code) if call.territory_code else None
    return cache.page(
        "open_calls/show.html",
        call=call,
        phase=phase,
        decided=decided,
        labels=rules.LABELS,
        territory=_said(territory),
        envelopes=list(given),
        total=sum(amounts),
        principles=list(principles),
        conditions=_conditions(call),
        instalments=[] if decided else _instalments(call),
        rules=call_terms.RULES,
        examples=call_examples.examples(amounts, bounds) if any(amounts) and not decided else [],
        projects=sent,
        standings=assessments.STANDINGS,
        next_url=next_url,
        may_manage=access.viewer().may("call.manage", call=call),
    )


def _conditions(call: OpenCall) -> list[tuple[str, str]]:
    """Return what the platform reads itself, each with how it is met."""
    known = call_conditions.CONDITIONS
    return [(known[name].LABEL, known[name].HINT) for name in call.conditions if name in known]


def _projects(call: OpenCall) -> tuple[list[Any], str | None]:
    """Return a page of the projects that were sent, each with where it stands."""
    found = db.session.execute(projects.listed(call.id, asked.cursor())).all()
    rows, after = paging.cut(found, lambda row: (row.number,))
    codes = {row.territory_code or call.territory_code or "" for row in rows}
    lacking = checks.unmet(db.session(), call, codes, now=clock.now())
    shown_ = [(row, checks.reached(call, row, lacking)) for row in rows]
    return shown_, f"{asked.path(cursor=after)}#projects" if after else None


def _instalments(call: OpenCall) -> Sequence[Instalment]:
    """Return when the awards are to be paid; once they are known, the payments say it."""
    return db.session.scalars(open_calls.instalments(call.id)).all()


def _decided(call: OpenCall, phase: str) -> SplitDecision | None:
    """Return the split in force of a call that takes no more projects."""
    return splits.latest(db.session(), call.id) if phase == rules.CLOSED else None
