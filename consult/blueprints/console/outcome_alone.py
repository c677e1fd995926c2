"""What became of one question or one text, on a page of its own."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires
from ...extensions import db
from ...i18n import gettext
from ...models import Consultation, Question, Statement
from ...services import consultations, outcomes
from .blueprint import bp, managed, part, statement_of
from .fields import Stored, attempt
from .forms import OutcomeForm
from .outcomes import PROPOSALS, QUESTIONS, words

Subject = Question | Statement


@bp.route("/consultations/<slug>/outcomes/<question_id>", methods=["GET", "POST"])
@requires("outcome.write")
def question_outcome(slug: str, question_id: str) -> ResponseReturnValue:
    """Say what became of a question."""
    consultation = managed(slug, "outcome.write")
    found = part(Question, consultation, question_id)
    return _answered(found, consultation)


@bp.route("/statements/<statement_id>/outcome", methods=["GET", "POST"])
@requires("outcome.write")
def statement_outcome(statement_id: str) -> ResponseReturnValue:
    """Say what became of a text; its author is told."""
    found, consultation = statement_of(statement_id, "outcome.write")
    return _answered(found, consultation)


def _answered(subject: Subject, consultation: Consultation) -> ResponseReturnValue:
    if request.method == "GET":
        stored, version = _stored(subject)
        form = OutcomeForm(data={**stored, "version": version})
        return _page(form, subject, consultation)
    form = OutcomeForm(request.form)

    def act() -> None:
        outcomes.give(
            db.session(),
            subject,
            words=words(form.data),
            version=form.version.data or "",
            account=account(),
            now=clock.now(),
        )

    if status := attempt(form, act, lambda: _stored(subject)):
        return _page(form, subject, consultation), status
    flash(gettext("Your answer is published."), "success")
    shown = QUESTIONS if isinstance(subject, Question) else PROPOSALS
    return htmx.see_other("console.outcomes_of", slug=consultation.slug, show=shown)


def _stored(subject: Subject) -> Stored:
    stored = outcomes.values_of(outcomes.find(db.session(), subject))
    return stored, consultations.stamp(stored)


def _page(form: OutcomeForm, subject: Subject, consultation: Consultation) -> str:
    return render_template(
        "console/outcome.html",
        form=form,
        consultation=consultation,
        subject=subject,
        is_question=isinstance(subject, Question),
        title=subject.wording if isinstance(subject, Question) else subject.title,
        action=request.path,
    )
