"""Answers to questions: sent once, by whoever may, while the consultation takes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import clean, phases, questions, searching, signatures
from ..domain.errors import RuleBroken
from ..models import (
    Answer,
    AnswerQuestion,
    Consultation,
    Question,
    Statement,
    Theme,
)
from ..queries.consultations import Reader
from . import (
    contributions,
    drafts,
    journal,
    organisations,
    participation,
    submissions,
    territories,
)

TEXTS = ("long_text", "short_text")


@dataclass(frozen=True)
class Asked:
    """The question answered, and the consultation that asks it."""

    consultation: Consultation
    question: Question


@dataclass(frozen=True)
class Signing:
    """How the author signs, and from where."""

    signature: signatures.Signature = signatures.Signature(signatures.NONE)
    actor_kind: str | None = None
    territory_code: str | None = None


@dataclass(frozen=True)
class Writing:
    """An answer as it was written: its value for the kind of question, and who signs it."""

    value: Any
    signing: Signing = Signing()
    further: tuple[str, ...] = ()
    way: contributions.Way = contributions.Way()


@dataclass(frozen=True)
class Sending:
    """Who sends a text to which consultation, how they sign it, how it came in."""

    consultation: Consultation
    actor: participation.Actor
    signing: Signing = Signing()
    way: contributions.Way = contributions.Way()


def options_of(question: Question) -> Mapping[str, Any]:
    """Return the settings of a question, completed with the defaults of its kind."""
    return questions.kind(question.kind).normalise_options(question.options)


def text_of(question: Question, value: Any) -> str:
    """Return the plain text of a value."""
    return questions.kind(question.kind).as_text(value, options_of(question))


def kept_value(question: Question, value: Any) -> Any:
    """Return what is stored beside the text: nothing for a text, which is its own value."""
    return None if question.kind in TEXTS else value


def value_of(question: Question, statement: Statement) -> Any:
    """Return the value of an answer as its kind of question reads it."""
    return statement.body if question.kind in TEXTS else statement.value


def may_enter(session: Session, consultation: Consultation, reader: Reader) -> None:
    """Raise not-on-the-list (403) before any form is shown to someone it is not for."""
    if consultation.access != "listed":
        return
    query = select(participation.is_listed(reader)).select_from(Consultation)
    if not session.scalar(query.where(Consultation.id == consultation.id)):
        raise RuleBroken("not-on-the-list", 403)


def may_send(session: Session, asked: Asked, actor: participation.Actor, *, now: datetime) -> None:
    """Raise not-open-yet, consultation-closed (409) or not-on-the-list (403).

    Whoever was typing when the hour of the close struck has a few minutes left, if their draft
    was on the server before it.
    """
    consultation = asked.consultation
    phase = phases.of(consultation, now)
    if not phases.may("answer", phase):
        draft = drafts.find(session, actor.participant_id, drafts.target(asked.question.id))
        ends = phases.ends_at(consultation.closes_at, consultation.closed_early_at)
        if not phases.may_answer_late(now, ends, draft.created_at if draft else None):
            phases.check("answer", phase)
    may_enter(session, consultation, actor.reader)


def send(
    session: Session,
    asked: Asked,
    actor: participation.Actor,
    writing: Writing,
    *,
    key: str,
    now: datetime,
) -> Statement:
    """Take an answer and return it; the same `key` again gives the same answer."""
    who = actor.participant_id
    before = submissions.earlier(session, who, key)
    if before is None:
        may_send(session, asked, actor, now=now)
        before = submissions.take(session, who, key, now=now)
    if before is not None:
        return _same(before, asked)
    answer = write(session, asked, actor, writing, now=now)
    submissions.finish(session, who, key, answer.id)
    drafts.discard(session, participant_id=who, target=drafts.target(asked.question.id))
    return answer


def write(
    session: Session,
    asked: Asked,
    actor: participation.Actor,
    writing: Writing,
    *,
    now: datetime,
) -> Answer:
    """Store an answer that may be taken, in the contribution of its author."""
    check_territory(session, writing.signing.territory_code)
    further = _further(session, asked, writing.further)
    text = text_of(asked.question, writing.value)
    answer = Answer(
        theme_id=asked.question.theme_id,
        question_id=asked.question.id,
        body=text,
        value=kept_value(asked.question, writing.value),
        search=searching.normalise(text),
    )
    sending = Sending(asked.consultation, actor, writing.signing, writing.way)
    store(session, answer, sending, now=now, channel=writing.way.channel)
    session.add_all(AnswerQuestion(statement_id=answer.id, question_id=id) for id in further)
    session.flush()
    return answer


def store(
    session: Session, text: Statement, sending: Sending, *, now: datetime, **noted: str
) -> None:
    """Store a text that may be taken, in the contribution of its author.

    `noted` are the facts that its journal entry keeps besides its state.
    """
    consultation, actor, way = sending.consultation, sending.actor, sending.way
    who = actor.participant_id
    contribution = contributions.of(session, consultation, who, now=now, way=way)
    state = first_state(consultation, actor.reader, way)
    columns = {
        **signed(session, sending.signing, who, now=now),
        "consultation_id": consultation.id,
        "contribution_id": contribution.id,
        "participant_id": who,
        "channel": way.channel,
        "place": way.place,
        "state": state,
        "created_at": now,
        "updated_at": now,
        "published_at": now if state == "published" else None,
    }
    for name, value in columns.items():
        setattr(text, name, value)
    session.add(text)
    session.flush()
    journal.record(
        session,
        f"{text.kind}.sent",
        f"statement:{text.id}",
        actor=f"account:{way.assisted_by_id}" if way.assisted_by_id else actor.name,
        now=now,
        consultation_id=consultation.id,
        state=state,
        **noted,
    )


def first_state(consultation: Consultation, reader: Reader, way: contributions.Way) -> str:
    """Return the state of a text just sent: published, unless a person must act first."""
    if consultation.access == "email" and reader.email is None and way.assisted_by_id is None:
        return "awaiting"
    return "pending" if consultation.moderation == "before" else "published"


def signed(session: Session, signing: Signing, who: str, *, now: datetime) -> dict[str, Any]:
    """Return the columns of a person's signature; an organisation is made at its first one."""
    signature = signing.signature
    organisation = None
    if signature.kind == signatures.ORGANISATION:
        organisation = organisations.signing(session, signature.text, who, now=now).id
    return {
        "signed_as": signature.kind,
        "signature": signature.text,
        "function": signature.function,
        "speaks_from": signature.speaks_from,
        "organisation_id": organisation,
        "actor_kind": signing.actor_kind,
        "territory_code": signing.territory_code,
    }


def check_territory(session: Session, code: str | None) -> None:
    """Raise territory-unknown for a code that is not in the tree, or that nobody lives in."""
    territories.known(session, code)


def _further(session: Session, asked: Asked, wanted: Sequence[str]) -> list[str]:
    """Return the other questions an answer is addressed to, or raise question-unknown."""
    others = [id for id in dict.fromkeys(wanted) if id != asked.question.id]
    if not others:
        return []
    known = session.scalars(
        select(Question.id)
        .join(Theme, Theme.id == Question.theme_id)
        .where(
            Question.id.in_([clean.line(id, 40) for id in others]),
            Question.consultation_id == asked.consultation.id,
            Question.kind == asked.question.kind,
            Theme.hidden.is_(False),
        )
    ).all()
    if len(known) != len(others) or asked.question.kind not in TEXTS:
        raise RuleBroken("question-unknown")
    return list(known)


def _same(before: Statement, asked: Asked) -> Statement:
    if before.kind != "answer" or before.question_id != asked.question.id:
        raise RuleBroken("key-used", 409)
    return before
