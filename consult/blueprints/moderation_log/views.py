"""What was decided about texts, counted and listed; never their words, nor anyone's name."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from ... import cache, clock
from ...access import public
from ...domain import cells
from ...extensions import db, limiter
from ...models import Consultation, OpenCall
from ...queries import moderation_log as queries
from ...queries import paging
from ..consultations import load
from ..moderation.words import KINDS
from ..open_calls import load as calls
from . import words

bp = Blueprint("moderation_log", __name__)
COLUMNS = (
    "day",
    "consultation",
    "kind",
    "result",
    "reason",
    "decided_by",
    "second_reading",
    "call",
)


@dataclass
class Counted:
    """The counts of a log, by what they count."""

    months: dict[date, dict[str, int]] = field(default_factory=dict)
    results: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
    reports: dict[str, int] = field(default_factory=dict)
    second: dict[str, int] = field(default_factory=dict)

    @property
    def received(self) -> int:
        """How many reports arrived."""
        return sum(self.reports.values())

    @property
    def asked(self) -> int:
        """How many second readings were asked."""
        return sum(self.second.values())


@bp.get("/moderation/log")
@public
def site_log() -> ResponseReturnValue:
    """Show the log of all that everyone may know of."""
    return page(queries.Scope(clock.now()), "/moderation/log")


@bp.get("/consultations/<slug>/moderation")
@public
def log_of(slug: str) -> ResponseReturnValue:
    """Show the log of one consultation."""
    consultation = load.visible_or_404(slug)
    scope = queries.Scope(clock.now(), consultation.id)
    return page(scope, f"/consultations/{consultation.slug}/moderation", consultation)


@bp.get("/open-calls/<slug>/moderation")
@public
def log_of_call(slug: str) -> ResponseReturnValue:
    """Show the log of one call."""
    call = calls.visible_or_404(slug)
    scope = queries.Scope(clock.now(), call_id=call.id)
    return page(scope, f"/open-calls/{call.slug}/moderation", call)


def page(
    scope: queries.Scope, here: str, place: Consultation | OpenCall | None = None
) -> ResponseReturnValue:
    """Render a log: its counts, its delays, and a page of its decisions."""
    query = queries.lines(scope, request.args.get("cursor"))
    rows, after = paging.cut(db.session.execute(query).all(), lambda row: (row.decided_at, row.id))
    delays = {
        row.what: words.delay(row.seconds) for row in db.session.execute(queries.delays(scope))
    }
    return cache.page(
        "moderation_log/show.html",
        rows=rows,
        counted=counted(db.session.execute(queries.counts(scope)).all()),
        delays=delays,
        place=place,
        above=here.removesuffix("/moderation"),
        here=here,
        kinds=KINDS,
        words=words,
        next_url=f"{here}?cursor={after}" if after else None,
    )


def counted(rows: Sequence[Any]) -> Counted:
    """Sort the counts by what they count."""
    found = Counted()
    for row in rows:
        if row.what == "month":
            month = date(int(row.year), int(row.month), 1)
            found.months.setdefault(month, {})[row.key] = row.number
            found.results[row.key] = found.results.get(row.key, 0) + row.number
        elif row.what == "reason" and row.key:
            found.reasons[row.key] = row.number
        elif row.what == "report":
            found.reports[row.key] = row.number
        elif row.what == "second":
            found.second[row.key] = row.number
    found.months = dict(sorted(found.months.items(), reverse=True))
    return found


@bp.get("/moderation/log.csv")
@public
@limiter.limit("30 per minute")
def site_file() -> Response:
    """Give the decisions of the log as a table."""
    return table(queries.Scope(clock.now()), "moderation")


@bp.get("/consultations/<slug>/moderation.csv")
@public
@limiter.limit("30 per minute")
def file_of(slug: str) -> Response:
    """Give the decisions of the log of one consultation as a table."""
    consultation = load.visible_or_404(slug)
    scope = queries.Scope(clock.now(), consultation.id)
    return table(scope, f"{consultation.slug}-moderation")


@bp.get("/open-calls/<slug>/moderation.csv")
@public
@limiter.limit("30 per minute")
def file_of_call(slug: str) -> Response:
    """Give the decisions of the log of one call as a table."""
    call = calls.visible_or_404(slug)
    scope = queries.Scope(clock.now(), call_id=call.id)
    return table(scope, f"{call.slug}-moderation")


def table(scope: queries.Scope, name: str) -> Response:
    """Write the latest decisions of a log as CSV."""
    found = db.session.execute(queries.lines(scope, limit=queries.MOST_LINES - 1)).all()
    response = Response("".join(lines(found)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def lines(rows: Sequence[Any]) -> Iterator[str]:
    """Yield the lines of the table; a decision is told by its day, not by its hour."""
    yield _line(COLUMNS)
    for row in rows:
        yield _line(
            (
                row.decided_at.date().isoformat(),
                row.consultation or "",
                row.kind,
                row.result,
                row.reason,
                words.by(row),
                row.second or "",
                row.call or "",
            )
        )


def _line(values: Sequence[str]) -> str:
    out = StringIO()
    csv.writer(out).writerow([cells.safe(value) for value in values])
    return out.getvalue()
