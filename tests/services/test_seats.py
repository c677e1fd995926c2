"""Seats are given for a time, handed over, and rights follow."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import RoomMember, Seat, SeatMandate
from consult.services import seats

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def refused(code, act, *facts, **named):
    with pytest.raises(RuleBroken) as broken:
        act(*facts, **named)
    assert broken.value.code == code
    return broken.value.status


@pytest.fixture
def hub(make):
    return make.room("hub", "R-44", make.room("national", "FR"))


@pytest.fixture
def opens(session, hub, now):
    def one(kind="coordination", title="Coordination", room=hub):
        seat = seats.open_seat(session, room.id, kind=kind, title=title, actor="account:x", now=now)
        session.commit()
        return seat

    return one


@pytest.fixture
def gives(session, now):
    def one(seat, account=None, begins=TODAY, **facts):
        facts = {"account_id": account.id if account else "", **facts}
        given = seats.Appointment(begins, **facts)
        mandate = seats.appoint(session, seat, given, actor="account:x", now=now)
        session.commit()
        return mandate

    return one


def held(session, room):
    query = select(RoomMember.account_id, RoomMember.role).where(
        RoomMember.room_id == room.id, RoomMember.ended_at.is_(None)
    )
    return dict(session.execute(query.order_by(RoomMember.id)).all())


def settle(session, now):
    due = seats.due(session, now=now)
    for seat_id in due:
        seats.settle_one(session, seat_id, now=now)
    session.commit()
    return len(due)


def test_what_is_one_in_a_room_has_one_seat(session, opens, make):
    opens()
    assert refused("seat-single", opens) == 409
    session.rollback()
    opens("ordinary")
    opens("ordinary")
    assert refused("seat-kind-unknown", opens, "king") == 422
    assert refused("seat-title-missing", opens, "ordinary", " ") == 422
    opens("spokesperson", room=make.room("local"))


def test_a_room_has_only_so_many_seats(session, opens, monkeypatch):
    monkeypatch.setattr(seats, "MOST", 1)
    opens()
    assert refused("seats-too-many", opens, "ordinary") == 422


def test_a_seat_that_nobody_held_is_taken_away_and_no_other(session, opens, gives, now):
    empty, kept = opens(), opens("ordinary")
    seats.remove(session, empty, actor="account:x", now=now)
    gives(kept, name="Ada")
    assert refused("seat-held", seats.remove, session, kept, actor="account:x", now=now) == 409
    assert session.scalars(select(Seat.id)).all() == [kept.id]


def test_the_note_of_a_seat_is_kept(session, opens, now):
    seat = opens()
    seats.write_handover(session, seat, " Les clefs. ", actor="account:x", now=now)
    session.commit()
    assert seat.handover == "Les clefs."


def test_who_is_given_the_coordination_runs_the_room_until_the_end(
    session, opens, gives, hub, make, now
):
    ada = make.account()
    make.joins(ada, hub, "member", college="place")
    gives(opens(), ada, ends_on=TODAY + 10 * DAY)
    assert held(session, hub) == {ada.id: "facilitator"}
    assert settle(session, now + 9 * DAY) >= 0
    assert held(session, hub) == {ada.id: "facilitator"}
    settle(session, now + 10 * DAY)
    assert held(session, hub) == {}
    mandate = session.scalars(select(SeatMandate)).one()
    assert (mandate.is_seated, mandate.ended_on) == (False, None)


def test_the_coordination_passes_on_a_day_and_the_former_holder_may_stay(
    session, opens, gives, hub, make, now
):
    ada, bob = make.account(name="Ada"), make.account(name="Bob")
    make.joins(ada, hub)
    make.joins(bob, hub, "member")
    seat = opens()
    gives(seat, ada)
    gives(seat, bob, TODAY + 5 * DAY, stays=True, appointed_by="Le conseil", deputy="Eve")
    assert held(session, hub) == {ada.id: "facilitator", bob.id: "member"}
    assert refused("mandate-begins-first", gives, seat, ada, TODAY + 5 * DAY) == 409
    session.rollback()
    settle(session, now + 5 * DAY)
    assert held(session, hub) == {bob.id: "facilitator", ada.id: "member"}
    assert settle(session, now + 30 * DAY) == 0


def test_a_spokesperson_sits_in_the_room_above(session, opens, gives, make, now):
    hub = make.room("hub", None, None)
    local = make.room("local", "D-54", hub)
    ada = make.account()
    make.joins(ada, local, "member")
    seat = opens("spokesperson", "Porte-voix", local)
    mandate = gives(seat, ada, TODAY - 5 * DAY)
    assert held(session, hub) == held(session, local) == {ada.id: "member"}
    seats.end_mandate(session, seat, mandate.id, actor="account:x", now=now)
    session.commit()
    assert (held(session, hub), held(session, local)) == ({}, {ada.id: "member"})
    gives(seat, name="Eve", begins=TODAY + DAY)
    again = {"actor": "account:x", "now": now}
    assert refused("mandate-over", seats.end_mandate, session, seat, mandate.id, **again) == 409
    assert refused("mandate-unknown", seats.end_mandate, session, seat, "x", **again) == 404


def test_a_spokesperson_follows_a_room_that_is_moved(session, opens, gives, make, now):
    before, after = make.room("hub", None, None), make.room("hub", None, None)
    local, ada = make.room("local", "D-54", before), make.account()
    make.joins(ada, local, "member")
    seats.follow(session, local.id, now=now)  # nobody speaks for it yet
    gives(opens("spokesperson", "Porte-voix", local), ada, TODAY - 5 * DAY)
    local.parent_id = after.id
    seats.follow(session, local.id, now=now)
    session.commit()
    assert held(session, before) == {}
    assert held(session, after) == held(session, local) == {ada.id: "member"}


def test_the_spokesperson_of_a_room_without_one_above_sits_nowhere_else(
    session, opens, gives, make
):
    alone, ada = make.room("local", None, None), make.account()
    make.joins(ada, alone, "member")
    gives(opens("spokesperson", room=alone), ada)
    assert held(session, alone) == {ada.id: "member"}


def test_a_seat_given_for_later_is_taken_back_and_never_gives_a_right(
    session, opens, gives, hub, make, now
):
    ada = make.account()
    make.joins(ada, hub, "member")
    seat = opens()
    mandate = gives(seat, ada, TODAY + 3 * DAY)
    assert held(session, hub) == {ada.id: "member"}
    seats.end_mandate(session, seat, mandate.id, actor="account:x", now=now)
    session.commit()
    settle(session, now + 4 * DAY)
    assert held(session, hub) == {ada.id: "member"}
    gives(seat, name="Bob", begins=TODAY + 3 * DAY)


def test_who_left_the_room_meanwhile_does_not_come_back_by_a_mandate_that_ends(
    session, opens, gives, hub, make, now
):
    ada = make.account()
    make.joins(ada, hub, "member")
    seat = opens()
    gives(seat, ada, ends_on=TODAY + 2 * DAY)
    mine = select(RoomMember).where(RoomMember.ended_at.is_(None))
    session.scalars(mine).one().ended_at = now
    session.commit()
    settle(session, now + 2 * DAY)
    assert held(session, hub) == {}


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, "holder-missing"),
        ({"account_id": "nobody"}, "member-unknown"),
        ({"name": "Ada", "ends_on": TODAY}, "mandate-ends-first"),
        ({"name": "x" * 200}, "text-too-long"),
    ],
)
def test_what_cannot_be_a_mandate(session, opens, gives, facts, code):
    seat = opens()
    assert refused(code, gives, seat, **facts) == 422
    session.rollback()
    assert session.scalar(select(SeatMandate.id)) is None


def test_two_who_give_a_seat_at_once_leave_one_holder(session, opens, now):
    seat = opens()

    def act(name):
        with Session(session.get_bind()) as own:
            given = seats.Appointment(TODAY, name=name)
            try:
                mine = own.get_one(Seat, seat.id)
                seats.appoint(own, mine, given, actor="account:x", now=now)
                own.commit()
            except RuleBroken as broken:
                return broken.code
            return "given"

    with ThreadPoolExecutor(2) as pool:
        done = sorted(pool.map(act, ("Ada", "Bob")))
    assert done == ["given", "mandate-begins-first"]


def test_the_database_itself_refuses_two_open_mandates(session, opens, gives, now):
    seat = opens()
    gives(seat, name="Ada")
    facts = {"seat_id": seat.id, "name": "Bob", "created_at": now}
    session.add(SeatMandate(begins_on=TODAY + DAY, **facts))
    with pytest.raises(IntegrityError):
        session.commit()
    session.rollback()
