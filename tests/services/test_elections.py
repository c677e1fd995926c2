"""Elections: whoever a vote elects has the seat once they accept it, if it is still there."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import JournalEntry, Poll, PollCandidate, RoomMember, Seat, SeatMandate
from consult.services import elections, rooms, seats
from tests.polls import DAY, NO, YES, close, members, opened, votes


@pytest.fixture
def room(make):
    return make.room()


@pytest.fixture
def people(make, room):
    return members(make, room, 4)


def seat_of(session, room, now, kind="coordination"):
    facts = {"kind": kind, "title": "Animation", "actor": "system", "now": now}
    seat = seats.open_seat(session, room.id, **facts)
    session.commit()
    return seat


def starts(session, room, seat, people, now, **said):
    said = {"candidates": [one.id for one in people]} | said
    facts = {"purpose": "seat", "about": seat.id, "said": said, "kind": "single"}
    return opened(session, room, now, options="", **facts)


def answers(session, poll, person, accepts, now):
    facts = {"account_id": person.id, "accepts": accepts, "now": now}
    elections.answer(session, poll.id, **facts)
    session.commit()


def mandates(session):
    query = select(SeatMandate).order_by(SeatMandate.begins_on)
    return session.scalars(query).all()


def refused(session, call, code, status=409):
    with pytest.raises(RuleBroken) as broken:
        call()
    assert (broken.value.code, broken.value.status) == (code, status)
    session.rollback()


def test_whoever_wins_has_the_seat_once_they_accept_and_runs_the_room(session, room, people, now):
    seat = seat_of(session, room, now)
    poll = starts(session, room, seat, people[1:3], now, ends_on="2028-01-01")
    assert poll.paper["options"] == ["A", "B"]
    names = {"A": "Personne 001", "B": "Personne 002"}
    assert poll.purpose_facts["names"] == names and poll.purpose_facts["title"] == "Animation"
    for person, fields in zip(people[:3], (NO, NO, YES), strict=True):
        votes(session, poll, person, fields, now)
    text = close(session, poll, now).content
    assert not any(name in text for name in names.values())  # the published file names nobody
    assert poll.effect == {"code": "waiting", "facts": {"mark": "B"}, "events": []}
    assert mandates(session) == []
    later = now + 2 * DAY
    refused(
        session, lambda: answers(session, poll, people[1], True, later), "election-unknown", 404
    )
    answers(session, poll, people[2], True, later)
    (mandate,) = mandates(session)
    today = seats.today_in(session, room.id, later)
    assert (mandate.begins_on, mandate.ends_on) == (today, date(2028, 1, 1))
    assert mandate.account_id == people[2].id and mandate.is_seated
    assert mandate.appointed_by == room.name and mandate.name == "Personne 002"
    held = select(RoomMember.role).where(
        RoomMember.account_id == people[2].id, RoomMember.ended_at.is_(None)
    )
    assert session.scalars(held).all() == ["facilitator"]
    assert poll.effect["code"] == "accepted" and poll.effect["facts"] == {"mark": "B"}
    for accepts in (True, False):
        refused(
            session, lambda yes=accepts: answers(session, poll, people[2], yes, later),
            "election-answered",
        )  # fmt: skip
    said = select(JournalEntry.act).where(JournalEntry.act.startswith("poll.election"))
    assert session.scalars(said).all() == ["poll.election-accepted"]


def test_whoever_does_not_take_the_seat_leaves_it_empty(session, room, people, now):
    seat = seat_of(session, room, now)
    poll = starts(session, room, seat, people[:1], now)  # one candidate: yes or no
    assert poll.kind == "yes_no" and poll.purpose_facts["names"] == {"A": "Personne 000"}
    votes(session, poll, people[1], YES, now)
    close(session, poll, now)
    answers(session, poll, people[0], False, now + DAY)
    assert poll.effect["code"] == "declined" and mandates(session) == []
    candidate = session.get_one(PollCandidate, (poll.id, "A"))
    assert candidate.is_elected and candidate.accepts is False
    again = starts(session, room, seat, people[:1], now)
    votes(session, again, people[1], NO, now)
    close(session, again, now)
    assert again.effect["code"] == "nobody"


def test_where_the_seat_was_given_or_taken_away_meanwhile_nothing_is_broken(
    session, room, people, now
):
    filled, gone = seat_of(session, room, now, "ordinary"), seat_of(session, room, now, "ordinary")
    left = seat_of(session, room, now, "ordinary")
    polls = [starts(session, room, seat, people[1:3], now) for seat in (filled, gone, left)]
    late = [starts(session, room, seat_of(session, room, now, "ordinary"), people[1:3], now)
            for _ in range(2)]  # fmt: skip
    for poll in (*polls, *late):
        votes(session, poll, people[0], YES, now)
    give(session, filled, now + DAY / 2)
    seats.remove(session, gone, actor="system", now=now)
    for poll in (*polls[:2], *late):
        close(session, poll, now)
    given = session.get_one(Seat, late[0].subject)
    give(session, given, now + DAY)
    refused(session, lambda: answers(session, late[0], people[1], True, now + DAY), "seat-filled")
    session.delete(session.get_one(Seat, late[1].subject))
    session.commit()
    refused(session, lambda: answers(session, late[1], people[1], True, now + DAY), "seat-gone")
    rooms.end_membership(session, room, people[1].id, actor="system", now=now)
    close(session, polls[2], now)
    assert [one.effect["code"] for one in polls] == ["seat-filled", "seat-gone", "left"]
    assert [one.effect["code"] for one in late] == ["waiting"] * 2
    assert len(mandates(session)) == 2


def give(session, seat, now):
    today = seats.today_in(session, seat.room_id, now)
    seats.appoint(session, seat, seats.Appointment(today, name="Eve"), actor="system", now=now)
    session.commit()


def test_a_mandate_that_begins_the_day_of_another_waits_a_day(session, room, people, now):
    seat = seat_of(session, room, now, "ordinary")
    give(session, seat, now)
    poll = starts(session, room, seat, people[1:3], now)
    votes(session, poll, people[0], YES, now)
    close(session, poll, now)
    refused(session, lambda: answers(session, poll, people[1], True, now), "mandate-begins-first")
    answers(session, poll, people[1], True, now + DAY)
    assert [one.name for one in mandates(session)] == ["Eve", "Personne 001"]


def test_who_may_be_elected_and_when_there_can_be_no_election(session, make, room, people, now):
    seat, twin = seat_of(session, room, now), make.account(name="Personne 001")
    make.joins(twin, room, "member")
    unnamed = make.account(name="")
    make.joins(unnamed, room, "member")
    poll = starts(session, room, seat, [people[1], twin], now, begins_on="2027-02-01")
    assert set(poll.purpose_facts["names"].values()) == {"Personne 001 (A)", "Personne 001 (B)"}
    assert poll.purpose_facts["begins_on"] == "2027-02-01"
    other = seat_of(session, room, now, "ordinary")
    for candidates, said, code in (
        ([], {}, "candidates-missing"),
        ([], {"candidates": "A"}, "candidates-missing"),
        ([unnamed], {}, "member-unknown"),
        ([make.account()], {}, "member-unknown"),
        (people[1:3], {"begins_on": "x"}, "day-unreadable"),
        (people[1:3], {"begins_on": "2027-02-02", "ends_on": "2027-02-02"}, "mandate-ends-first"),
        (people[1:3], {"ends_on": "2020-01-01"}, "mandate-ends-first"),
    ):
        refused(
            session,
            lambda who=candidates, how=said: starts(session, room, other, who, now, **how),
            code, 422,
        )  # fmt: skip
    elsewhere = seat_of(session, make.room(), now)
    refused(session, lambda: starts(session, room, elsewhere, people, now), "seat-unknown", 404)
    coming = seats.Appointment(date(2030, 1, 1), name="Eve")
    seats.appoint(session, other, coming, actor="system", now=now)
    refused(session, lambda: starts(session, room, other, people, now), "mandate-begins-first")
    crowd = members(make, room, 27)
    refused(
        session, lambda: starts(session, room, seat_of(session, room, now, "ordinary"), crowd, now),
        "options-choices-many", 422,
    )  # fmt: skip


def test_the_elected_person_answers_once_in_parallel(session, room, people, now):
    poll = starts(session, room, seat_of(session, room, now), people[:1], now)
    votes(session, poll, people[1], YES, now)
    close(session, poll, now)
    poll_id, who = poll.id, people[0].id

    engine = session.get_bind()

    def answer(accepts):
        with Session(engine) as own:
            try:
                elections.answer(own, poll_id, account_id=who, accepts=accepts, now=now + DAY)
                own.commit()
            except RuleBroken as broken:
                return broken.code
        return "ok"

    session.commit()
    with ThreadPoolExecutor(4) as crowd:
        said = sorted(crowd.map(answer, [True, True, False, True]))
    assert said == ["election-answered"] * 3 + ["ok"]
    session.expire_all()
    code = session.get_one(Poll, poll_id).effect["code"]
    assert len(mandates(session)) == (code == "accepted")
