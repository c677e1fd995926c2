"""What a program may write: an answer, an opinion."""

import secrets
from typing import Any

from flask import g, request

from ... import clock
from ...access import requires, viewer
from ...domain import questions, signatures
from ...domain.errors import RuleBroken
from ...domain.kinds import N_
from ...extensions import db
from ...models import Contribution
from ...services import answers, participation, stances, submissions
from ..consultations import load
from . import given, problems, sent, shapes
from .bp import bp, writes

KEY = "Idempotency-Key"
KEY_PARAMETER = {
    "in": "header",
    "name": KEY,
    "schema": {"type": "string", "minLength": 1, "maxLength": submissions.KEY_LIMIT},
    "description": "Any word of yours: the same person sending it again gets the same answer.",
}
Body = dict[str, Any]
Receipt = tuple[dict[str, Any], dict[str, str]]


@bp.post("/questions/<question_id>/answers")
@writes(
    N_("Answer a question."),
    201,
    given.Receipt,
    sent.AnswerSent,
    parameters=[KEY_PARAMETER],
)
@requires("answer.write")
def send_answer(body: Body, question_id: str) -> Receipt:
    """Take an answer to a question, once."""
    asked = _asked_or_404(question_id)
    writing, key = _writing(asked, body), _key()
    g.sender = _sender(key)
    answer = answers.send(db.session(), asked, _actor(), writing, key=key, now=clock.now())
    contribution = db.session.get_one(Contribution, answer.contribution_id)
    db.session.commit()
    address = shapes.url(f"/answers/{answer.id}")
    number = contribution.tracking_number
    return {"id": answer.id, "tracking_number": number, "url": address}, {"Location": address}


def _weighing(kind: str, summary: str) -> None:
    """Serve the opinions on texts of one kind."""

    def weigh(body: Body, statement_id: str) -> dict[str, Any]:
        opinion = stances.give(
            db.session(),
            statement_id=statement_id,
            kind=kind,
            actor=_actor(),
            value=body["value"],
            now=clock.now(),
        )
        db.session.commit()
        return {"value": opinion.value, "counts": opinion.counts}

    weigh.__name__ = f"weigh_{kind}"
    weigh.__doc__ = f"Give, change or take back one's opinion on this {kind}."
    allowed = requires("stance.give")(weigh)
    described = writes(summary, 200, given.StanceGiven, sent.StanceSent)(allowed)
    bp.put(f"/{kind}s/<statement_id>/stance")(described)


_weighing("answer", N_("Give an opinion on an answer."))
_weighing("proposal", N_("Give an opinion on a proposal."))
_weighing("amendment", N_("Give an opinion on an amendment."))
_weighing("argument", N_("Give an opinion on an argument."))


def _sender(key: str) -> str:
    """Say who sends this, for a caller with neither token nor device.

    That is: the same words, with the same key, from the same place. Sent again after a cut, the
    answer is then met again and not doubled; another text, or the same key from elsewhere, is
    another person, who never gets the first one's receipt.
    """
    if KEY not in request.headers:
        return ""
    return f"{key}\n{request.remote_addr}\n{request.path}\n{request.get_data(as_text=True)}"


def _actor() -> participation.Actor:
    return participation.Actor(viewer().take_part(), load.reader())


def _asked_or_404(question_id: str) -> answers.Asked:
    """Return a question the caller may know of, and refuse whoever must first be known."""
    asked = answers.Asked(*load.question_by_id_or_404(question_id))
    if asked.consultation.access == "email" and load.reader().email is None:
        raise RuleBroken("email-needed", 403)
    return asked


def _writing(asked: answers.Asked, body: Body) -> answers.Writing:
    """Read an answer, each mistake named by its place in the body."""
    signed = body.get("signature") or {}
    territory = body.get("territory") or None
    with problems.at("pointer", "#/value"):
        kind = questions.kind(asked.question.kind)
        value = kind.read_json(body["value"], answers.options_of(asked.question))
    with problems.at("pointer", "#/signature"):
        signature = signatures.read(
            signed.get("as_"), signed.get("text"), function=signed.get("function")
        )
    with problems.at("pointer", "#/territory"):
        answers.check_territory(db.session(), territory)
    return answers.Writing(value, answers.Signing(signature, territory_code=territory))


def _key() -> str:
    """Return the caller's own word for this answer, or one that nobody has."""
    key = request.headers.get(KEY)
    if key is None:
        return secrets.token_urlsafe(16)
    with problems.at("header", KEY):
        if not key or len(key) > submissions.KEY_LIMIT or not key.isprintable():
            raise RuleBroken("idempotency-key-unreadable")
    return key
