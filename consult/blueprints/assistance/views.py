"""One page where a helper writes down an answer; the slip that the person leaves with."""

from typing import Any

from flask import abort, request, session
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires, viewer
from ...domain import signatures
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, sentence
from ...queries import assistance as queries
from ...queries import contributions as contribution_queries
from ...services import answers, assistance, drafts
from ..answers import forms, load, qr, wording
from ..consultations import load as consultation_load
from ..territories import naming
from .routes import bp

REMEMBERED = ("channel", "consent", "place")


def helper() -> assistance.Helper:
    """Return who helps: an account, made a participant of its own."""
    account = viewer().account
    if account is None:
        abort(403)
    return assistance.Helper(account.id, load.actor())


def asked_or_404(question_id: str) -> answers.Asked:
    """Return a question that the helper may know of, or answer 404."""
    return answers.Asked(*consultation_load.question_by_id_or_404(question_id))


def page(
    asked: answers.Asked | None, raw: forms.Raw, broken: RuleBroken | None = None
) -> ResponseReturnValue:
    """Render the page of a helper, with what is wrong when something is."""
    more: dict[str, Any] = {"error": sentence(broken) if broken else ""}
    more["code"] = broken.code if broken else ""
    if asked is not None:
        kept = session.get("assistance", {})
        chosen = {
            name: drafts.plain((raw.get(name) or [""])[0]) for name in (*forms.SIGNING, *REMEMBERED)
        }
        more |= {
            "question": asked.question,
            "consultation": asked.consultation,
            "options": answers.options_of(asked.question),
            "fields": drafts.storable(forms.own(raw)),
            "signing": {name: chosen[name] for name in forms.SIGNING},
            "places": naming.meant(chosen, broken),
            "way": {name: chosen[name] or kept.get(name, "") for name in REMEMBERED},
        }
    text = htmx.render(
        "assistance/write.html",
        "assistance/_write_form.html",
        asked=asked,
        key=forms.new_key(),
        choices=db.session.execute(
            queries.open_questions(consultation_load.reader(), clock.now())
        ).all(),
        channels=labels(assistance.CHANNELS),
        consents=labels(assistance.CONSENTS),
        signature_kinds=labels(signatures.LABELS),
        actor_kinds=labels(signatures.ACTOR_LABELS),
        **more,
    )
    return text, broken.status if broken else 200


def labels(words: dict[str, str]) -> list[tuple[str, str]]:
    """Return the choices of a list in the reader's language."""
    return [(name, gettext(label)) for name, label in words.items()]


@bp.get("/assistance")
@requires("answer.assist")
def ask() -> ResponseReturnValue:
    """Choose the question, then show its form."""
    wanted = request.args.get("question", "")
    return page(asked_or_404(wanted) if wanted else None, {})


@bp.post("/assistance/<question_id>")
@requires("answer.assist")
def write(question_id: str) -> ResponseReturnValue:
    """Take the answer of the person helped, and print their slip."""
    asked, raw, who = asked_or_404(question_id), forms.sent(), helper()
    try:
        way = assistance.way(
            who,
            channel=forms.one(raw, "channel"),
            consent=forms.one(raw, "consent"),
            place=forms.one(raw, "place"),
        )
        answer = assistance.write(
            db.session(),
            asked,
            who,
            forms.writing(asked.question, raw, way),
            key=forms.key(),
            now=clock.now(),
        )
    except RuleBroken as broken:
        db.session.rollback()
        return page(asked, raw, broken)
    session["assistance"] = {name: forms.one(raw, name)[:200] for name in REMEMBERED}
    db.session.commit()
    return htmx.see_other("assistance.slip", statement_id=answer.id)


@bp.get("/assistance/slips/<statement_id>")
@requires("answer.assist")
def slip(statement_id: str) -> ResponseReturnValue:
    """Show the slip of an answer to the helper who wrote it down."""
    load.key_or_404(statement_id)
    account = viewer().account
    row = db.session.execute(
        contribution_queries.assisted_by(statement_id, account.id if account else "")
    ).first()
    if row is None:
        abort(404)
    return htmx.render(
        "assistance/slip.html",
        "assistance/_slip.html",
        statement=row.Statement,
        contribution=row.Contribution,
        consultation=row.Consultation,
        question=row.Question,
        helped=wording.helper(row.Statement.channel, row.Statement.place),
        picture=qr.of_number(row.Contribution.tracking_number or ""),
        ends=row.Consultation.closes_at,
    )
