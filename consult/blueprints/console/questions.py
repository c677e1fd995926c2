"""The questions of a theme: their kind, their words, their options, their order."""

from collections.abc import Callable
from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires
from ...domain import questions as kinds
from ...extensions import db
from ...i18n import gettext
from ...models import Consultation, Question, Theme
from ...services import consultations, questions
from . import question_forms
from .blueprint import actor, bp, managed, part
from .fields import Stored, attempt

USUAL = "long_text"


@bp.route("/consultations/<slug>/themes/<theme_id>/questions/new", methods=["GET", "POST"])
@requires("consultation.manage")
def new_question(slug: str, theme_id: str) -> ResponseReturnValue:
    """Choose a kind, then write the question."""
    consultation = managed(slug)
    theme = part(Theme, consultation, theme_id)
    kind = request.values.get("kind", "")
    if not kind:
        return render_template(
            "console/kinds.html", consultation=consultation, theme=theme, kinds=_kinds()
        )
    made = question_forms.form_class(kind)
    if request.method == "GET":
        return _page(made(), consultation, theme=theme, kind=kind)
    form = made(request.form)
    return _saved(
        form,
        lambda: questions.add(
            db.session(), theme, kind=kind, values=form.values(), actor=actor(), now=clock.now()
        ),
        consultation=consultation,
        theme=theme,
        kind=kind,
    )


@bp.route("/consultations/<slug>/questions/<question_id>", methods=["GET", "POST"])
@requires("consultation.manage")
def question(slug: str, question_id: str) -> ResponseReturnValue:
    """Change the words of a question, and its options while nobody has answered."""
    consultation = managed(slug)
    found = part(Question, consultation, question_id)
    made = question_forms.form_class(found.kind)
    if request.method == "GET":
        stored, version = _stored(found)
        form = made(data={**stored, "version": version})
        return _page(form, consultation, question=found, kind=found.kind)
    form = made(request.form)
    return _saved(
        form,
        lambda: questions.revise(
            db.session(),
            found,
            values=form.values(),
            version=form.version.data or "",
            actor=actor(),
            now=clock.now(),
        ),
        consultation=consultation,
        question=found,
        kind=found.kind,
    )


@bp.post("/consultations/<slug>/questions/<question_id>/move")
@requires("consultation.manage")
def move_question(slug: str, question_id: str) -> ResponseReturnValue:
    """Swap a question with the one before or after it."""
    found = part(Question, managed(slug), question_id)
    up = request.form.get("direction") == "up"
    questions.move(db.session(), found, up=up, actor=actor(), now=clock.now())
    db.session.commit()
    return htmx.see_other("console.consultation", slug=slug, _anchor=f"theme-{found.theme_id}")


@bp.post("/consultations/<slug>/questions/<question_id>/delete")
@requires("consultation.manage")
def delete_question(slug: str, question_id: str) -> ResponseReturnValue:
    """Take a question away, as long as nobody answered it."""
    found = part(Question, managed(slug), question_id)
    questions.remove(db.session(), found, actor=actor(), now=clock.now())
    db.session.commit()
    flash(gettext("The question is removed."), "success")
    return htmx.see_other("console.consultation", slug=slug)


def _kinds() -> list[tuple[str, str]]:
    """Return the kinds with their names, the long text first."""
    named = [(name, gettext(kind.LABEL)) for name, kind in kinds.QUESTION_KINDS.items()]
    return sorted(named, key=lambda pair: (pair[0] != USUAL, pair[1]))


def _saved(
    form: question_forms.QuestionForm,
    act: Callable[[], object],
    *,
    consultation: Consultation,
    **shown: Any,
) -> ResponseReturnValue:
    slug = consultation.slug
    found = shown.get("question")
    if status := attempt(form, act, (lambda: _stored(found)) if found else None):
        return _page(form, consultation, **shown), status
    flash(gettext("Saved."), "success")
    return htmx.see_other("console.consultation", slug=slug)


def _stored(found: Question) -> Stored:
    stored = questions.values_of(found)
    return question_forms.typed(stored), consultations.stamp(stored)


def _page(form: question_forms.QuestionForm, consultation: Consultation, **shown: Any) -> str:
    return render_template(
        "console/question.html",
        form=form,
        consultation=consultation,
        kind_label=gettext(kinds.kind(shown["kind"]).LABEL),
        question=shown.get("question"),
        theme=shown.get("theme"),
        kind=shown["kind"],
    )
