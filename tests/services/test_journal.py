from sqlalchemy import select

from consult.models import JournalEntry
from consult.services import journal


def test_an_entry_says_who_did_what_when(session, now):
    journal.record(
        session, "answer.sent", "statement:1", actor="participant:2", now=now, channel="web"
    )
    session.flush()
    entry = session.scalars(select(JournalEntry)).one()
    assert (entry.act, entry.subject, entry.actor) == (
        "answer.sent",
        "statement:1",
        "participant:2",
    )
    assert entry.at == now
    assert entry.facts == {"channel": "web"}


def test_an_act_that_is_taken_back_leaves_no_entry(session, now):
    journal.record(session, "answer.sent", "statement:1", actor="system", now=now)
    session.rollback()
    assert session.scalars(select(JournalEntry).order_by(JournalEntry.id)).all() == []
