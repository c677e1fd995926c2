"""What was decided about texts of the demonstration, reported, and is to be read again."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...domain.reports import Notice
from ...domain.roles import ORGANISER
from ...models import Consultation, Decision, Statement
from ...queries import rooms
from .. import reports, second_readings
from . import keys
from .people import People

HOUR = timedelta(hours=1)
OPENED_BY = "organisatrice"
WORDS = "Je parle d’une façon de faire, pas d’une personne. Relisez, s’il vous plaît."
REPORTED = (
    (Notice("off_topic", "Cela parle d’un autre sujet."), 2),
    (Notice("advertising"), 1),
)


def write(session: Session, people: People) -> None:
    """Write the decisions behind hidden texts, two texts reported, one decision contested."""
    hidden = [_decide(session, people, one) for one in _texts(session, "hidden", "to_correct")]
    for statement in [one for one in hidden if one.state == "hidden"][:1]:
        actor = f"participant:{statement.participant_id}"
        second_readings.ask(session, statement, words=WORDS, actor=actor, now=people.now)
    where = hidden[0].consultation_id
    public = [one for one in _texts(session, "published") if one.consultation_id == where]
    for place, (notice, times) in enumerate(REPORTED):
        for number in range(times):
            who = people.crowd[number]
            reports.send(session, public[place], notice, participant_id=who, now=people.now - HOUR)


def _texts(session: Session, *states: str) -> list[Statement]:
    """Return the answers in some states, the oldest first."""
    query = select(Statement).where(Statement.kind == "answer", Statement.state.in_(states))
    return list(session.scalars(query.order_by(Statement.created_at, Statement.id)))


def _decide(session: Session, people: People, statement: Statement) -> Statement:
    """Write the decision that a text of the data files says was taken."""
    before = session.get_one(Consultation, statement.consultation_id).moderation == "before"
    room = session.scalar(select(rooms.room_of()).where(Statement.id == statement.id))
    session.add(
        Decision(
            id=keys.of("decision", statement.id),
            batch_id=keys.of("batch", statement.id),
            statement_id=statement.id,
            version=statement.version,
            from_state="pending" if before else "published",
            from_published_at=None if before else statement.published_at,
            to_state=statement.state,
            reason=statement.state_reason,
            account_id=people.accounts[OPENED_BY],
            role=ORGANISER,
            room_id=room,
            decided_at=min(statement.created_at + 20 * HOUR, people.now - HOUR),
        )
    )
    session.flush()
    return statement
