"""Correcting and withdrawing a text of one's own, until the close."""

from typing import Any

from flask import abort, flash, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires, viewer
from ...domain import clean, differences
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext as _
from ...i18n import sentence
from ...models import Question, Statement
from ...queries import answers as answer_queries
from ...queries import contributions as queries
from ...services import answers, corrections, drafts
from ..answers import followed, forms, load
from ..consultations.load import reader
from ..reports import letters
from .routes import bp

TITLED = ("proposal", "source")
VERSION_DIGITS = 9


def own_or_refuse(statement_id: str) -> Any:
    """Return a statement of the reader's own; another's is refused, an unseen one missing."""
    load.key_or_404(statement_id)
    participant, numbers = viewer().participant_id, followed.contributions()
    row = db.session.execute(queries.one_owned(statement_id, participant, numbers)).first()
    if row is None:
        seen = answer_queries.detail(statement_id, reader(), participant, numbers, clock.now())
        abort(404 if db.session.execute(seen).first() is None else 403)
    return row


def page(row: Any, raw: forms.Raw, broken: RuleBroken | None = None) -> ResponseReturnValue:
    """Render the form of a text; when it changed meanwhile, with both texts."""
    statement, question = row.Statement, row.Question
    stale = broken is not None and broken.code == "stale"
    typed = (raw.get("body") or raw.get("value") or [""])[0] if stale else ""
    text = htmx.render(
        "contributions/edit.html",
        "contributions/_edit_form.html",
        statement=statement,
        consultation=row.Consultation,
        question=question if statement.kind == "answer" else None,
        options=answers.options_of(question) if question else {},
        fields=drafts.storable(raw),
        titled=statement.kind in TITLED,
        error=sentence(broken) if broken else "",
        stale=differences.compare(statement.body, typed) if stale and typed else None,
    )
    return text, broken.status if broken else 200


def stored(statement: Statement, question: Question | None) -> forms.Raw:
    """Return the fields that hold a text as it is stored."""
    if statement.kind == "answer" and question is not None:
        return forms.form_of(question, answers.value_of(question, statement))
    return {"title": [statement.title], "body": [statement.body]}


def read(statement: Statement, question: Question | None, raw: forms.Raw) -> corrections.Text:
    """Return the text typed, or raise what is wrong with it."""
    if statement.kind == "answer" and question is not None:
        value = forms.value_of(question, raw)
        text = answers.text_of(question, value)
        return corrections.Text(text, statement.title, answers.kept_value(question, value))
    title = statement.title
    if statement.kind in TITLED:
        title = clean.line(forms.one(raw, "title"), required="answer-empty")
    body = clean.text(forms.one(raw, "body"), required="answer-empty")
    return corrections.Text(body, title, statement.value)


@bp.get("/statements/<statement_id>/edit")
@requires("contribution.follow_up")
def edit(statement_id: str) -> ResponseReturnValue:
    """Show the text in its form."""
    row = own_or_refuse(statement_id)
    corrections.may_correct(row.Statement, row.Consultation, now=clock.now())
    return page(row, stored(row.Statement, row.Question))


@bp.post("/statements/<statement_id>/edit")
@requires("contribution.follow_up")
def save(statement_id: str) -> ResponseReturnValue:
    """Store the corrected text; the one before stays in the history."""
    row, raw = own_or_refuse(statement_id), forms.sent()
    try:
        corrections.correct(
            db.session(),
            row.Statement,
            read(row.Statement, row.Question, raw),
            version=version(raw),
            actor=f"participant:{row.Statement.participant_id}",
            now=clock.now(),
        )
    except RuleBroken as broken:
        db.session.rollback()
        if broken.status in (403, 404) or broken.code == "consultation-closed":
            raise
        return page(own_or_refuse(statement_id), raw, broken)
    db.session.commit()
    flash(_("Your text is corrected. The version before stays in its history."), "success")
    return back(row.Statement)


def version(raw: forms.Raw) -> int:
    """Return the version the form was made from; what is not a number is an old one."""
    return clean.whole(forms.one(raw, "version"), VERSION_DIGITS)


def back(statement: Statement) -> ResponseReturnValue:
    """Go to the text's own page, or to the contribution for what has none."""
    if statement.kind == "answer":
        return htmx.see_other("answers.show", statement_id=statement.id)
    return htmx.see_other("contributions.show", contribution_id=statement.contribution_id)


@bp.get("/statements/<statement_id>/withdraw")
@requires("contribution.follow_up")
def ask_withdraw(statement_id: str) -> ResponseReturnValue:
    """Ask before a text is withdrawn."""
    row = own_or_refuse(statement_id)
    corrections.may_withdraw(row.Statement, row.Consultation, now=clock.now())
    return htmx.render(
        "contributions/withdraw.html",
        "contributions/_withdraw_form.html",
        statement=row.Statement,
        consultation=row.Consultation,
    )


@bp.post("/statements/<statement_id>/withdraw")
@requires("contribution.follow_up")
def withdraw(statement_id: str) -> ResponseReturnValue:
    """Take the text off the site."""
    row, now = own_or_refuse(statement_id), clock.now()
    corrections.withdraw(
        db.session(),
        row.Statement,
        reason=request.form.get("reason", ""),
        actor=f"participant:{row.Statement.participant_id}",
        now=now,
    )
    letters.answered([statement_id], now)
    db.session.commit()
    flash(_("Your text is withdrawn. Nobody else can read it any more."), "success")
    if row.Statement.contribution_id is None:
        return htmx.see_other("contributions.ask")
    return htmx.see_other("contributions.show", contribution_id=row.Statement.contribution_id)
