"""The reading: lists by what texts became, a text in full, its group."""

import pytest

from consult.queries import readings
from tests import reading_rooms

ALL = readings.Filters()


@pytest.fixture
def room(make):
    consultation = make.consultation()
    question = make.question(make.theme(consultation))
    make.answer(make.question())
    return consultation, question


def listed(session, consultation, what, cursor=None):
    query = readings.listed(consultation.id, ALL, what, cursor)
    return [row.id for row in session.execute(query)]


def test_each_text_is_in_one_list(session, make, room):
    consultation, question = room
    leader = make.answer(question)
    member = make.answer(question)
    reading_rooms.grouped(make, member, leader)
    aside = make.answer(question)
    reading_rooms.reading(make, aside, "set_aside")
    hidden = make.answer(question, state="to_correct")
    assert listed(session, consultation, "unread") == [leader.id]
    assert listed(session, consultation, "grouped") == [member.id]
    assert listed(session, consultation, "set_aside") == [aside.id]
    assert listed(session, consultation, "hidden") == [hidden.id]
    assert listed(session, consultation, "used") == listed(session, consultation, "read") == []


def test_a_text_in_full_tells_its_group(session, make, room, now):
    consultation, question = room
    leader = make.answer(question, territory_code="D-54")
    members = [make.answer(question) for _ in range(3)]
    for one in members:
        reading_rooms.grouped(make, one, leader)
    members[2].state = "hidden"
    session.commit()
    row = session.execute(readings.detail(consultation.id, leader.id, now)).one()
    assert (row.group, row.leader, row.became, row.territory_name) == (
        3, None, "unread", "Meurthe-et-Moselle",
    )  # fmt: skip
    assert [one.id for one in session.execute(readings.members(leader.id))] == [
        members[0].id,
        members[1].id,
    ]
    row = session.execute(readings.detail(consultation.id, members[0].id, now)).one()
    assert (row.group, row.leader, row.became) == (1, leader.id, "grouped")


def test_what_is_not_a_contribution_has_no_page(session, make, room, now):
    consultation, question = room
    for one in (make.answer(question, state="withdrawn"), make.answer(make.question())):
        query = readings.detail(consultation.id, one.id, now)
        assert session.execute(query).one_or_none() is None


def test_waiting_texts_are_counted_among_the_unread(session, make, room):
    consultation, question = room
    make.answer(question, state="pending")
    make.answer(question)
    (row,) = session.execute(readings.counts(consultation.id)).all()
    assert (row.became, row.number, row.waiting) == ("unread", 2, 1)
