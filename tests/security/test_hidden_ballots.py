"""V10, V11: until the close, no page says anything that hangs on what the ballots hold."""

import pytest
from sqlalchemy import select

from consult.models import PollBallot, PollUrn
from tests.security.test_hidden import blank

WHO = ("visitor", "citizen_a", "citizen_b", "local_facilitator", "auditor", "administrator")


def surfaces(world, poll):
    """Every address that tells of a vote, of its room or of what was done there."""
    room = world.things["room_local"].path
    return [
        poll.path,
        *(f"{poll.path}/{what}" for what in ("receipt", "ballots.json", "by-name")),
        room,
        f"{room}/polls",
        f"/console{room}/polls/{poll.id}",
        f"/api/v1{poll.path}",
        f"/api/v1{room}/polls",
        f"/console/journal?subject=poll:{poll.id}",
        "/search?q=vote",
        "/account",
    ]


def everything(world, poll):
    return {
        (who, url): (seen.status, blank(seen.text))
        for who in WHO
        for url in surfaces(world, poll)
        for seen in [world.agents[who].get(url)]
    }


@pytest.mark.parametrize("name", ["poll_open_hidden_results", "poll_secret"])
def test_no_page_hangs_on_what_the_ballots_hold(world, rows, name):
    poll = world.things[name]
    before = everything(world, poll)
    assert before["visitor", poll.path][0] == 200
    rows.execute(
        PollBallot.__table__.update()
        .where(PollBallot.poll_id == poll.id)
        .values(said={"ballot": ["Le soir"]})
    )
    urn = rows.get(PollUrn, poll.id)
    held = [{**one, "said": {"ballot": ["no"]}} for one in urn.ballots["ballots"]]
    urn.ballots = {"ballots": held}
    rows.commit()
    cast = rows.scalars(select(PollBallot.said).where(PollBallot.poll_id == poll.id)).all()
    assert len(cast) + len(held) == 3
    assert everything(world, poll) == before


def test_who_may_not_see_the_room_finds_no_vote_of_it(world):
    poll = world.things["poll_private"]
    for who in ("visitor", "citizen_a", "local_facilitator", "hub_facilitator", "auditor"):
        agent = world.agents[who]
        for url in (poll.path, f"{poll.path}/ballots.json", f"/api/v1{poll.path}"):
            other = url.replace(poll.id, "00000000000000zzzz")
            seen, missing = agent.get(url), agent.get(other)
            assert seen.status == 404
            assert blank(seen.text, poll.id) == blank(missing.text, "00000000000000zzzz")
        sent = agent.post(f"{poll.path}/find-receipt", {"code": "x"})
        assert sent.status == 404
    assert world.agents["other_hub_facilitator"].get(poll.path).status == 200
