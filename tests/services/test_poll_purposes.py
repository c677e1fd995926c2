"""What the close of a vote brings about: each purpose does its part in the count's transaction."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import JournalEntry
from consult.services import poll_purposes
from tests.polls import ABSTAIN, NO, YES, close, members, opened, votes


def acts(session):
    query = select(JournalEntry.act, JournalEntry.facts).where(
        JournalEntry.subject.like("room:%"), JournalEntry.act.like("room.%decided")
    )
    return [tuple(row) for row in session.execute(query.order_by(JournalEntry.id))]


def test_a_purpose_is_read_from_those_there_are():
    assert poll_purposes.name("") == poll_purposes.name(None) == poll_purposes.DEFAULT
    assert poll_purposes.name("decision") == "decision"
    for wrong in ("_x", "seat of power", [], 3):
        with pytest.raises(RuleBroken, match="purpose-unknown"):
            poll_purposes.name(wrong)
    gone = SimpleNamespace(purpose="no longer there")
    assert poll_purposes.of(gone) is poll_purposes.PURPOSES[poll_purposes.DEFAULT]
    assert all(one.LABEL and one.HINT for one in poll_purposes.PURPOSES.values())


def test_advice_does_nothing_and_a_decision_is_in_the_journal_of_the_room(session, make, now):
    room = make.room("local", "D-54")
    people = members(make, room, 3)
    for purpose, fields in (
        ("advice", YES), ("decision", YES), ("decision", NO), ("decision", ABSTAIN)
    ):  # fmt: skip
        poll = opened(session, room, now, purpose=purpose)
        votes(session, poll, people[0], fields, now)
        close(session, poll, now)
    found = acts(session)
    assert [act for act, _facts in found] == ["room.decided", "room.decided", "room.not-decided"]
    assert [facts["places"] for _act, facts in found] == [[0], [1], []]
