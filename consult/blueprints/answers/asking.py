"""The page of a question: what is asked, one field, and the draft kept on the server."""

from typing import Any

from flask import redirect
from flask.typing import ResponseReturnValue

from ... import htmx
from ...access import requires
from ...domain import phases, questions
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import sentence
from ...models import Draft
from ...services import answers, drafts
from . import forms, keeping, load
from .routes import QUESTION, bp


def context(seen: load.Seen, raw: forms.Raw, **more: Any) -> dict[str, Any]:
    """Return what the page of a question shows, with the fields as they stand in `raw`."""
    question = seen.question
    return {
        "seen": seen,
        "consultation": seen.consultation,
        "theme": seen.theme,
        "question": question,
        "options": answers.options_of(question),
        "fields": drafts.storable(raw),
        "kind": questions.kind(question.kind),
        "signing": forms.remembered(),
        "days": (seen.ends - seen.now).days if seen.ends and seen.is_open else None,
        "not_yet": seen.phase == phases.PREPARATION,
        "key": forms.new_key(),
        "error": "",
        **more,
    }


def page(seen: load.Seen, raw: forms.Raw, broken: RuleBroken | None = None) -> ResponseReturnValue:
    """Render the page of a question, with what is wrong when something is."""
    error = sentence(broken) if broken else ""
    text = htmx.render(
        "answers/question.html", "answers/_answer_form.html", **context(seen, raw, error=error)
    )
    return text, broken.status if broken else 200


@bp.get(QUESTION)
@requires("consultation.read")
def question(slug: str, theme: int, number: int) -> ResponseReturnValue:
    """Show a question, and the form where the reader may answer it."""
    seen = load.question_or_404(slug, theme, number)
    return page(seen, dict(seen.draft.form) if seen.draft else {})


@bp.post(f"{QUESTION}/draft")
@requires("answer.write")
def keep(slug: str, theme: int, number: int) -> ResponseReturnValue:
    """Keep what is typed so far."""
    seen = load.question_or_404(slug, theme, number)
    phases.check("draft", seen.phase)
    draft = keep_fields(seen, forms.own(forms.sent()))
    return keeping.kept(draft, seen.consultation, f"{seen.url}#answer-form")


def keep_fields(seen: load.Seen, fields: forms.Raw) -> Draft | None:
    """Keep the fields of the answer, for whoever may answer."""
    answers.may_enter(db.session(), seen.consultation, load.actor().reader)
    return keeping.keep(drafts.target(seen.question.id), fields)


@bp.post(f"{QUESTION}/start-again")
@requires("answer.write")
def start_again(slug: str, theme: int, number: int) -> ResponseReturnValue:
    """Forget the draft."""
    seen = load.question_or_404(slug, theme, number)
    keeping.forget(drafts.target(seen.question.id))
    return redirect(seen.url, 303)
