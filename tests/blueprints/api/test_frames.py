"""What rooms send down, as a program reads it."""

from datetime import timedelta

import pytest

from consult.services import frames

DAY = timedelta(days=1)


@pytest.fixture
def tree(make):
    made = {"national": make.room("national", "FR", slug="nationale")}
    made["hub"] = make.room("hub", "R-44", made["national"], slug="hub")
    made["private"] = make.room("local", None, made["hub"], slug="cercle", is_private=True)
    return made


def sent(session, room, now):
    facts = frames.Facts("framework", "Un cadre commun", "Quatre points.", now + 9 * DAY)
    made = frames.publish(session, room, facts, chosen=None, actor="system", now=now)
    session.commit()
    return made


def test_a_frame_is_read_with_how_each_room_received_it(
    program, session, make, tree, now, conforms
):
    frame, who = sent(session, tree["national"], now), make.account(name="Ada")
    make.joins(who, tree["hub"], is_named=True)
    said = frames.Said("1", "asked", "Qui paie ?")
    frames.receive(session, frame, tree["hub"], said, account_id=who.id, now=now)
    session.commit()
    found = conforms(program.get(f"/frames/{frame.id}"), "WholeFrame")
    assert (found["title"], found["body"], found["version"]) == (frame.title, frame.body, 1)
    assert found["room"]["slug"] == "nationale" and found["versions"] == []
    (reception,) = found["receptions"]  # the private room is not told of
    assert (reception["room"]["slug"], reception["state"]) == ("hub", "asked")
    assert (reception["note"], reception["by"]) == ("Qui paie ?", "Ada")
    for slug, state in (("nationale", None), ("hub", "asked")):
        listed = conforms(program.get(f"/rooms/{slug}/frames"), "Frames")
        assert [(one["id"], one["state"]) for one in listed["items"]] == [(frame.id, state)]


def test_what_a_private_room_sends_is_missing(program, session, make, known, tree, now):
    below = make.room("local", None, tree["private"])
    hidden = sent(session, tree["private"], now)
    inside = make.account()
    make.joins(inside, below, "member")
    for path in (f"/frames/{hidden.id}", "/rooms/cercle/frames", "/frames/none", "/frames/%00"):
        assert program.get(path).status_code == 404
    found = known(inside).get(f"/frames/{hidden.id}")
    assert found.status_code == 200 and found.json["room"] is None
