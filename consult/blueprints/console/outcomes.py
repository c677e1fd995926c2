"""What became of the answers, said question by question and proposal by proposal."""

from collections.abc import Callable

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires
from ...domain import outcomes as verdicts
from ...extensions import db
from ...i18n import gettext
from ...models import Consultation, Outcome, Question
from ...queries import console, paging
from ...services import consultations, outcomes
from . import letters
from .blueprint import bp, managed, part, statement_of
from .fields import Stored, attempt
from .forms import OutcomeForm


@bp.get("/consultations/<slug>/outcomes")
@requires("outcome.write")
def outcomes_of(slug: str) -> ResponseReturnValue:
    """List the questions and the proposals, with what became of each."""
    consultation = managed(slug, "outcome.write")
    query = paging.after(
        console.proposals(consultation.id),
        console.OLDEST,
        descending=False,
        cursor_text=request.args.get("cursor"),
    )
    rows, after = paging.cut(db.session.execute(query).all(), lambda row: (row.created_at, row.id))
    return render_template(
        "console/outcomes.html",
        consultation=consultation,
        questions=db.session.execute(console.outcomes(consultation.id)).all(),
        proposals=rows,
        verdicts=verdicts.LABELS,
        next_url=url_for("console.outcomes_of", slug=slug, cursor=after) if after else None,
    )


@bp.route("/consultations/<slug>/outcomes/<question_id>", methods=["GET", "POST"])
@requires("outcome.write")
def question_outcome(slug: str, question_id: str) -> ResponseReturnValue:
    """Say what became of a question."""
    consultation = managed(slug, "outcome.write")
    found = part(Question, consultation, question_id)
    return _answered(found, consultation, lambda _outcome: None)


@bp.route("/statements/<statement_id>/outcome", methods=["GET", "POST"])
@requires("outcome.write")
def statement_outcome(statement_id: str) -> ResponseReturnValue:
    """Say what became of a text; its author is told."""
    found, consultation = statement_of(statement_id, "outcome.write")
    return _answered(
        found, consultation, lambda outcome: letters.answered(found, consultation, outcome)
    )


def _answered(
    subject: outcomes.Subject, consultation: Consultation, tell: Callable[[Outcome], None]
) -> ResponseReturnValue:
    if request.method == "GET":
        stored, version = _stored(subject)
        form = OutcomeForm(data={**stored, "version": version})
        return _page(form, subject, consultation)
    form = OutcomeForm(request.form)

    def act() -> None:
        outcome = outcomes.give(
            db.session(),
            subject,
            words=outcomes.Words(form.verdict.data, form.body.data),
            version=form.version.data or "",
            account=account(),
            now=clock.now(),
        )
        tell(outcome)

    if status := attempt(form, act, lambda: _stored(subject)):
        return _page(form, subject, consultation), status
    flash(gettext("Your answer is published."), "success")
    return htmx.see_other("console.outcomes_of", slug=consultation.slug)


def _stored(subject: outcomes.Subject) -> Stored:
    stored = outcomes.values_of(outcomes.find(db.session(), subject))
    return stored, consultations.stamp(stored)


def _page(form: OutcomeForm, subject: outcomes.Subject, consultation: Consultation) -> str:
    return render_template(
        "console/outcome.html",
        form=form,
        consultation=consultation,
        subject=subject,
        is_question=isinstance(subject, Question),
        title=subject.wording if isinstance(subject, Question) else subject.title,
        action=request.path,
    )
