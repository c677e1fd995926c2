"""What the page of a matter shows beside it, and whom it may name."""

import pytest
from sqlalchemy import select

from consult.models import Room
from consult.queries import matter_pages
from consult.queries.rooms import Reader
from consult.services import matter_words, matters, room_settings
from tests.matters import begun, does, tree

ANYONE = Reader()


@pytest.fixture
def rooms(make):
    return tree(make)


def test_the_rooms_around_a_matter_are_told_in_order_and_hidden_ones_unnamed(
    session, make, rooms, now
):
    secret = make.room("local", None, rooms.hub, is_private=True)
    matter = begun(session, rooms.a, rooms.ada, now)
    does(session, matter, "endorse", secret, rooms.ada, now)
    does(session, matter, "relay", rooms.a, rooms.ada, now)
    other = begun(session, rooms.b, rooms.ada, now, title="Un autre")
    does(session, other, "relay", rooms.b, rooms.ada, now)
    does(session, other, "join", rooms.hub, rooms.ada, now, with_matter=matter.id)
    found = session.execute(matter_pages.around(matter.id, ANYONE)).all()
    assert [(row.what, row.name, row.place) for row in found] == [
        ("backer", None, 0),
        ("joined", "Un autre", 1),
        ("stop", rooms.a.name, 0),
        ("stop", rooms.hub.name, 1),
    ]
    assert [row.is_sibling for row in found] == [True, False, False, False]
    row = session.execute(matter_pages.shown(matter.id, ANYONE)).one()
    assert (row.above_id, row.above_name) == (rooms.national.id, rooms.national.name)
    assert row.statement_kind is None


def test_words_versions_and_what_may_be_joined(session, rooms, now):
    matter, other = (begun(session, room, rooms.ada, now) for room in (rooms.a, rooms.b))
    by, seen = matters.By(rooms.ada.id, rooms.a.id), matters.stamp(matter)
    words = matters.Words("Autre", "Autre texte.")
    matter_words.reword(session, matter.id, words, by, seen=seen, now=now)
    said = {"room_id": rooms.a.id, "account_id": rooms.ada.id, "now": now}
    matter_words.say(session, matter.id, "Bonjour", **said)
    session.commit()
    rows = session.execute(matter_pages.messages(matter.id, ANYONE)).all()
    assert [(row[0].body, row.room) for row in rows] == [("Bonjour", rooms.a.name)]
    assert [one.version for one in session.scalars(matter_pages.texts(matter.id))] == [1]
    for one, room in ((matter, rooms.a), (other, rooms.b)):
        does(session, one, "relay", room, rooms.ada, now)
    for reader, expected in ((Reader(rooms.ada.id), [(other.id, 1)]), (ANYONE, [])):
        found = session.execute(matter_pages.around(matter.id, reader)).all()
        assert [(row.id, row.place) for row in found if row.what == "joinable"] == expected
    beside = session.execute(matter_pages.shown(matter.id, ANYONE)).one()
    assert (beside.has_words, beside.has_votes, beside.some_vote_first) == (True, False, False)
    alone = session.execute(matter_pages.shown(other.id, ANYONE)).one()
    assert not alone.has_words
    room_settings.change(session, rooms.c, {"relay_vote": "no"}, actor="system", now=now)
    session.commit()
    assert session.execute(matter_pages.shown(other.id, ANYONE)).one().some_vote_first


def test_a_text_leads_to_its_matter_unless_it_was_withdrawn(session, make, rooms, now):
    answer = make.answer(make.question())
    facts = {"words": {"statement_id": answer.id}}
    matter = begun(session, rooms.a, rooms.ada, now, **facts)
    query = matter_pages.of_statement(answer.id, ANYONE)
    assert session.execute(query).one().id == matter.id
    assert session.execute(matter_pages.shown(matter.id, ANYONE)).one().statement_kind == "answer"
    does(session, matter, "withdraw", rooms.a, rooms.ada, now)
    assert session.execute(query).one_or_none() is None


def test_who_runs_what_and_who_is_written_to(session, make, rooms, now):
    ada, gone = make.account(), make.account()
    for room in (rooms.a, rooms.hub):
        make.joins(ada, room)
    make.joins(gone, rooms.a, ended_at=now)
    make.joins(make.account(confirmed_at=None), rooms.a)
    assert [row.id for row in session.execute(matter_pages.run_by(ada.id))] == [
        rooms.hub.id, rooms.a.id,
    ]  # fmt: skip
    ids = [rooms.a.id, rooms.hub.id]
    assert [row.id for row in session.execute(matter_pages.facilitators(ids))] == [ada.id]
    assert session.execute(matter_pages.author(ada.id)).one().email == ada.email


def test_the_matters_that_wait_are_counted_for_a_room_and_for_a_place(session, make, rooms, now):
    nancy = make.room("local", "D-54", rooms.hub)
    hidden = make.room("local", "D-54", rooms.hub, is_private=True, moderates=False)
    ada = make.account()
    first, _draft, secret = (
        begun(session, room, ada, now, publish=publish)
        for room, publish in ((nancy, True), (nancy, False), (hidden, True))
    )
    make.joins(ada, rooms.national)
    for reader, number in ((Reader(), 1), (Reader(ada.id), 2), (Reader(sees_all=True), 2)):
        query = matter_pages.with_open_near(select(Room.id), "R-44", reader)
        assert session.execute(query.where(Room.id == nancy.id)).one().open_matters == number
        row = matter_pages.with_open(select(Room.id).where(Room.id == nancy.id), reader)
        assert session.execute(row).one().open_matters == 1
    assert {first.stage, secret.stage} == {"open"}
    query = matter_pages.with_open_near(select(Room.id), "D-51", Reader())
    assert session.execute(query.limit(1).order_by(Room.id)).one().open_matters == 0
