"""Deciding about texts in tests: as they were seen, refused with a code, all that may change."""

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import Consultation, JournalEntry, Question, Statement
from consult.services import moderation


def seen(*statements, state=None):
    return [moderation.Seen(one.id, one.version, state or one.state) for one in statements]


def decide(session, by, now, texts, decision, reason="", note=""):
    choice = moderation.Choice(decision, reason, note)
    made = moderation.decide(session, texts, choice=choice, by=by, now=now)
    session.commit()
    return made


def refused(call, code, status):
    with pytest.raises(RuleBroken) as broken:
        call()
    assert (broken.value.code, broken.value.status) == (code, status)
    return broken.value


def everything(session):
    """What a decision may change, as it is stored."""
    session.rollback()
    session.expire_all()
    return [
        session.execute(
            select(
                Statement.id, Statement.state, Statement.state_reason, Statement.published_at,
                Statement.version, Statement.updated_at,
            ).order_by(Statement.id)
        ).all(),
        session.execute(select(Question.id, Question.answers).order_by(Question.id)).all(),
        session.execute(select(Consultation.id, Consultation.answers)).all(),
    ]  # fmt: skip


def entries(session):
    """What the journal says of texts, in order."""
    query = (
        select(JournalEntry)
        .where(JournalEntry.subject.startswith("statement:"))
        .order_by(JournalEntry.id)
    )
    return session.scalars(query.order_by(JournalEntry.id)).all()


def acts(session):
    return [entry.act for entry in entries(session)]
