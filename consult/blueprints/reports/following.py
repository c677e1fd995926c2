"""What became of a report, for whoever sent it: its state, its answer, nothing about others."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from ...access import requires, viewer
from ...domain import reports as rules
from ...extensions import db
from ...queries import reports as queries
from ..answers import followed, load
from .routes import bp


@bp.get("/reports/<report_id>")
@requires("contribution.follow_up")
def show(report_id: str) -> ResponseReturnValue:
    """Show one's own report: its number, its state, what was decided and why."""
    load.key_or_404(report_id)
    query = queries.one_of(report_id, viewer().participant_id, followed.reports())
    row = db.session.execute(query).first()
    if row is None:
        abort(404)
    report = row.Report
    text = render_template(
        "reports/show.html",
        report=report,
        row=row,
        reason=rules.REASONS[report.reason],
        outcome=rules.OUTCOMES[report.outcome] if report.outcome else "",
        why=rules.label(report.outcome, report.outcome_reason) if report.outcome else "",
        urgent=report.reason == rules.CHILD_ABUSE,
    )
    return followed.quiet(text)
