"""The votes of a room, as a program reads them: nothing of the ballots before the count."""

import pytest

from tests.matters import begun
from tests.polls import DAY, NO, YES, close, members, opened, votes


@pytest.fixture
def room(make):
    return make.room("local", "D-54", slug="nancy")


def test_a_vote_is_read_without_any_result_before_its_close(
    program, session, make, room, now, conforms, clock
):
    people = members(make, room, 6)
    poll = opened(session, room, now, is_secret=True, quorum="half")
    for person, fields in zip(people, [YES, YES, NO], strict=False):
        votes(session, poll, person, fields, now)
    listed = conforms(program.get("/rooms/nancy/polls"), "Polls")
    found = conforms(program.get(f"/polls/{poll.id}"), "WholePoll")
    assert listed["items"] == [{name: found[name] for name in listed["items"][0]}]
    assert (found["state"], found["turnout"], found["electors"]) == ("open", 3, 6)
    assert [found[name] for name in ("result", "outcome", "digest")] == [None] * 3
    made = close(session, poll, now)
    found = conforms(program.get(f"/polls/{poll.id}"), "WholePoll")
    assert found["result"] == {"counts": {"yes": 2, "no": 1}}
    assert (found["outcome"]["adopted"], found["digest"]) == (["yes"], made.digest)


def test_votes_are_listed_a_page_at_a_time_and_those_of_private_rooms_are_missing(
    program, session, make, room, now, known
):
    members(make, room, 2)
    ids = [opened(session, room, now, closes_at=now + n * DAY).id for n in (3, 2, 1)]
    first = program.get("/rooms/nancy/polls?limit=2").json
    second = program.get(f"/rooms/nancy/polls?limit=2&cursor={first['next']}").json
    assert [one["id"] for one in first["items"] + second["items"]] == ids
    private = make.room("local", slug="cercle", is_private=True)
    inside, *_others = members(make, private, 2)
    hidden = opened(session, private, now)
    for path in (f"/polls/{hidden.id}", "/rooms/cercle/polls", "/polls/none", "/polls/%00"):
        assert program.get(path).status_code == 404
    assert known(inside).get(f"/polls/{hidden.id}").status_code == 200


def test_what_a_vote_is_about_and_brought_about_is_said(
    program, session, make, room, now, conforms
):
    room.parent_id = make.room("hub").id
    people = members(make, room, 2)
    matter = begun(session, room, people[0], now)
    facts = {"purpose": "matter_relay", "about": matter.id, "said": {"reasons": "Il le faut."}}
    poll = opened(session, room, now, **facts)
    found = conforms(program.get(f"/polls/{poll.id}"), "WholePoll")
    assert (found["purpose"], found["effect"], found["candidates"]) == ("matter_relay", None, {})
    assert (found["about"]["kind"], found["about"]["id"]) == ("matter", matter.id)
    votes(session, poll, people[0], YES, now)
    close(session, poll, now)
    assert program.get(f"/polls/{poll.id}").json["effect"] == "done"
    trail = conforms(program.get(f"/matters/{matter.id}"), "WholeMatter")["trail"]
    assert trail[-1]["vote"]["poll"] == poll.id and trail[-1]["reasons"] == "Il le faut."
