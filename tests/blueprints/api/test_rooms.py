"""The rooms, as a program reads them."""

import pytest

from consult.models import RoomCollege
from consult.services import agendas, seats


@pytest.fixture
def tree(make):
    made = {"national": make.room("national", "FR", slug="nationale")}
    made["hub"] = make.room("hub", "R-44", made["national"], slug="hub")
    made["local"] = make.room("local", "D-54", made["hub"], slug="nancy")
    made["private"] = make.room("local", None, made["hub"], slug="cercle", is_private=True)
    return made


def slugs(answer):
    return [one["slug"] for one in answer.json["items"]]


def test_the_list_and_each_room_are_as_the_document_says(program, make, tree, conforms):
    listed = conforms(program.get("/rooms"), "Rooms")
    assert [one["slug"] for one in listed["items"]] == ["nationale", "hub", "nancy"]
    make.joins(make.account(name="Ada"), tree["hub"], is_named=True)
    make.joins(make.account(name="Bob"), tree["hub"])
    make.joins(make.account(name="Eve"), tree["hub"], "member", is_named=True)
    found = conforms(program.get("/rooms/hub"), "WholeRoom")
    assert found == {
        "id": tree["hub"].id,
        "slug": "hub",
        "name": tree["hub"].name,
        "url": "http://localhost/rooms/hub",
        "level": "hub",
        "territory": {"code": "R-44", "name": "Grand Est"},
        "parent": {"slug": "nationale", "name": tree["national"].name},
        "moderates": True,
        "private": False,
        "counts": {"facilitators": 2, "members": 1},
        "purpose": "",
        "state": "awake",
        "colleges": [],
        "seats": [],
        "next_event": None,
        "facilitators": ["Ada"],
        "rooms": [{"slug": "nancy", "name": tree["local"].name}],
    }
    assert conforms(program.get("/rooms/nationale"), "WholeRoom")["parent"] is None


def test_the_list_is_read_a_page_at_a_time(program, tree):
    first = program.get("/rooms?limit=2")
    assert slugs(first) == ["nationale", "hub"]
    assert first.headers["Link"].endswith('rel="next"')
    second = program.get(f"/rooms?limit=2&cursor={first.json['next']}")
    assert (slugs(second), second.json["next"]) == (["nancy"], None)


def test_a_private_room_is_read_from_inside_only(program, known, make, tree):
    assert program.get("/rooms/cercle").status_code == 404
    assert known(make.account()).get("/rooms/cercle").status_code == 404
    inside, above = make.account(), make.account()
    make.joins(inside, tree["private"], "member")
    make.joins(above, tree["hub"])
    for account in (inside, above):
        caller = known(account)
        assert caller.get("/rooms/cercle").json["private"] is True
        assert "cercle" in slugs(caller.get("/rooms"))


@pytest.mark.parametrize("path", ["/rooms/%00", "/rooms/x", "/rooms?cursor=a", "/rooms?cursor=W10"])
def test_what_is_not_there_is_missing(program, tree, path):
    assert program.get(path).status_code == 404


def test_reading_rooms_costs_little(program, make, tree, statements):
    for _ in range(30):
        make.room("local", None, tree["hub"])
    for path in ("/rooms", "/rooms/hub"):
        with statements() as seen:
            assert program.get(path).status_code == 200
        assert len(seen) <= 5, seen


def test_a_room_tells_its_colleges_its_seats_and_its_next_meeting(
    program, make, tree, conforms, session, now
):
    hub, by = tree["hub"], {"actor": "system", "now": now}
    make.save(RoomCollege(room_id=hub.id, college="state", wanted=2))
    seat = seats.open_seat(session, hub.id, kind="elected", title="Élue", **by)
    held = seats.Appointment(now.date(), name="Ada", deputy="Bob")
    seats.appoint(session, seat, held, **by)
    seats.open_seat(session, hub.id, kind="ordinary", title="Vide", **by)
    hours = ("2026-12-01T18:00", "2026-12-01T20:00")
    meeting = agendas.Meeting("Réunion", *hours, "Europe/Paris", place="Nancy")
    agendas.plan(session, hub.id, meeting, **by)
    session.commit()
    found = conforms(program.get("/rooms/hub"), "WholeRoom")
    assert found["state"] == "vacant"
    assert found["colleges"] == [{"college": "state", "held": 0, "wanted": 2}]
    assert [(one["title"], one["holder"], one["deputy"]) for one in found["seats"]] == [
        ("Élue", "Ada", "Bob"),
        ("Vide", None, None),
    ]
    assert found["next_event"]["starts_at"].startswith("2026-12-01T17:00:00")
