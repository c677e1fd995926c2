"""What is read of the people of a room, with other rooms around."""

from datetime import date, timedelta

from consult.models import RoomCollege, RoomOfficial, Seat, SeatMandate
from consult.queries import seats

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def furnish(make, room, name):
    seat = make.save(Seat(room_id=room.id, title=name, kind="ordinary", created_at=make.now))
    given = {"seat_id": seat.id, "created_at": make.now}
    over = {"begins_on": TODAY - 30 * DAY, "ended_on": TODAY - 10 * DAY}
    make.save(SeatMandate(name="Partie", **over, **given))
    stays = {"begins_on": TODAY - 9 * DAY, "ended_on": TODAY - DAY, "stays": True}
    make.save(SeatMandate(name="Relais", **stays, **given))
    make.save(SeatMandate(name="Là", begins_on=TODAY - DAY, **given))
    make.save(Seat(room_id=room.id, title="Vide", kind="elected", created_at=make.now))
    make.save(RoomCollege(room_id=room.id, college="state", wanted=2))
    facts = {"room_id": room.id, "institution": "Préfecture", "created_at": make.now}
    make.save(RoomOfficial(name=name, **facts))
    make.save(RoomOfficial(name="Partie", ends_on=TODAY, **facts))
    return seat


def test_the_seats_of_a_room_come_with_who_counts_today(session, make):
    room, other = make.room(), make.room()
    furnish(make, room, "Ici")
    furnish(make, other, "Ailleurs")
    rows = session.execute(seats.of_room(room.id, TODAY)).all()
    told = [(seat.title, mandate and mandate.name) for seat, mandate in rows]
    assert sorted(told, key=str) == sorted(
        [("Ici", "Relais"), ("Ici", "Là"), ("Vide", None)], key=str
    )
    named = session.scalars(seats.officials(room.id, TODAY)).all()
    assert [one.name for one in named] == ["Ici"]


def test_who_is_in_a_room_and_who_is_wanted(session, make):
    room = make.room()
    furnish(make, room, "Ici")
    furnish(make, make.room(), "Ailleurs")
    make.joins(make.account(name="Ada"), room, is_named=True, college="place")
    make.joins(make.account(name="Bob"), room, "member")
    make.joins(make.account(name="Eve"), room, "member", ended_at=make.now)
    rows = session.execute(seats.composition(room.id)).all()
    assert [(row.role, row.college, row.number) for row in rows] == [
        ("facilitator", "place", 1),
        ("member", None, 1),
        ("wanted", "state", 2),
    ]
    assert [row.wanted for row in session.scalars(seats.wanted(room.id))] == [2]
    people = session.execute(seats.may_sit(room.id)).all()
    assert [one.name for one in people] == ["Ada", "Bob"]


def test_the_hours_of_a_room_are_those_of_its_territory(session, make):
    zones = [
        session.scalars(seats.zone_of(make.room("local", code).id)).one()
        for code in ("C-988", None)
    ]
    assert zones == ["Pacific/Noumea", "Europe/Paris"]


def test_the_seats_to_settle_are_those_that_begin_or_end_about_now(session, make):
    room, ada = make.room(), make.account()
    made = {}
    for name, facts in {
        "begins": {"begins_on": TODAY},
        "later": {"begins_on": TODAY + 5 * DAY},
        "never": {"begins_on": TODAY - 9 * DAY, "ends_on": TODAY - 5 * DAY},
        "ends": {"begins_on": TODAY - 9 * DAY, "ends_on": TODAY, "is_seated": True},
        "goes on": {"begins_on": TODAY - 9 * DAY, "is_seated": True},
    }.items():
        seat = Seat(room_id=room.id, title=name, kind="ordinary", created_at=make.now)
        made[make.save(seat).id] = name
        given = {"seat_id": seat.id, "name": "Ada", "created_at": make.now}
        make.save(SeatMandate(account_id=ada.id, **given, **facts))
    found = session.scalars(seats.unsettled(TODAY - DAY, TODAY + DAY)).all()
    assert {made[key] for key in found} == {"begins", "ends"}
