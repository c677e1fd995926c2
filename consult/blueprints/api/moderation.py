"""Reporting a text, and the public log of what was decided about texts."""

from typing import Any

from ... import clock
from ...access import public, requires, viewer
from ...domain import reports as rules
from ...domain.errors import RuleBroken
from ...domain.kinds import N_
from ...extensions import db, limiter
from ...queries import moderation_log, paging
from ...services import reports
from ..consultations import load
from ..open_calls import load as calls
from ..reports import letters
from ..reports.sending import FIELDS, statement_or_404
from . import given, problems, reading, sent, shapes
from .bp import bp, reads, writes


@bp.post("/statements/<statement_id>/reports")
@writes(N_("Report a text."), 201, given.ReportReceipt, sent.ReportSent)
@requires("report.write")
@limiter.limit("30 per hour")
def send_report(body: dict[str, Any], statement_id: str) -> dict[str, Any]:
    """Take a report of a public text, once from each person; the number follows it up."""
    statement, consultation = statement_or_404(statement_id)
    now, notice = clock.now(), _notice(body)
    report, is_new = reports.send(
        db.session(), statement, notice, participant_id=viewer().take_part(), now=now
    )
    if is_new:
        letters.received(report, statement, consultation, now)
    db.session.commit()
    return {"id": report.id, "number": report.number, "url": shapes.url(f"/reports/{report.id}")}


def _notice(body: dict[str, Any]) -> rules.Notice:
    """Read a report, each mistake named by its place in the body."""
    try:
        return rules.read(body)
    except RuleBroken as broken:
        with problems.at("pointer", f"#/{FIELDS.get(broken.code, 'reason')}"):
            raise


@bp.get("/moderation/log")
@reads(N_("Read what was decided about texts, and why."), given.LoggedDecisions, sent.LogQuery)
@public
def read_moderation_log(query: reading.Query) -> reading.Answer:
    """List the decisions that hid, sent back or kept a text; never its words, nor who decided."""
    limit, slug, call = query["limit"], query.get("consultation"), query.get("open_call")
    within = load.visible_or_404(slug).id if slug else None
    of_call = calls.visible_or_404(call).id if call else None
    scope = moderation_log.Scope(clock.now(), within, of_call)
    chosen = moderation_log.lines(scope, query.get("cursor"), limit)
    rows, after = paging.cut(
        db.session.execute(chosen).all(), lambda row: (row.decided_at, row.id), limit
    )
    return reading.listed([shapes.decision(row) for row in rows], after)
