"""Matters as a program reads them: where each stands, and the whole trail."""

import pytest

from tests.matters import begun, does, tree


@pytest.fixture
def rooms(make):
    return tree(make)


def test_a_matter_is_read_with_its_whole_trail(program, session, rooms, now, conforms):
    matter = begun(session, rooms.a, rooms.ada, now)
    does(session, matter, "endorse", rooms.b, rooms.ada, now)
    does(session, matter, "relay", rooms.a, rooms.ada, now, reasons="Il le faut.")
    does(session, matter, "decide", rooms.hub, rooms.ada, now, outcome="pilot")
    listed = conforms(program.get(f"/rooms/{rooms.a.slug}/matters"), "Matters")
    found = conforms(program.get(f"/matters/{matter.id}"), "WholeMatter")
    assert listed["items"] == [{name: found[name] for name in listed["items"][0]}]
    assert (found["state"], found["outcome"], found["local_rooms"]) == ("decided", "pilot", 2)
    assert found["origin"]["slug"] == rooms.a.slug and found["holder"]["slug"] == rooms.hub.slug
    assert [one["slug"] for one in found["backers"]] == [rooms.b.slug]
    acts = [(one["number"], one["act"], one["room"], one["holder"]) for one in found["trail"]]
    a, b, hub = rooms.a.name, rooms.b.name, rooms.hub.name
    assert acts == [
        (1, "publish", a, a),
        (2, "endorse", b, a),
        (3, "relay", a, hub),
        (4, "take_up", hub, hub),
        (5, "decide", hub, hub),
    ]
    assert [one["reasons"] for one in found["trail"]][2] == "Il le faut."
    assert all(one["name"] is None for one in found["trail"])


def test_matters_are_listed_a_page_at_a_time_and_hidden_ones_are_missing(
    program, session, make, rooms, now, known
):
    ids = {begun(session, rooms.a, rooms.ada, now, title=f"S{n}").id for n in range(3)}
    url = f"/rooms/{rooms.a.slug}/matters?limit=2"
    first = program.get(url).json
    second = program.get(f"{url}&cursor={first['next']}").json
    assert {one["id"] for one in first["items"] + second["items"]} == ids
    private = make.room("local", slug="cercle", is_private=True)
    inside = make.account()
    make.joins(inside, private)
    hidden = begun(session, private, inside, now)
    for path in (f"/matters/{hidden.id}", "/rooms/cercle/matters", "/matters/none", "/matters/%00"):
        assert program.get(path).status_code == 404
    assert known(inside).get(f"/matters/{hidden.id}").status_code == 200
