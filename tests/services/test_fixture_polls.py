"""The votes of the known objects."""

from sqlalchemy import func, select

from consult.domain import polls as rules
from consult.models import Poll, PollCount, PollTurnout
from consult.services import fixture, fixture_polls


def test_each_known_vote_is_as_its_name_says(session, now):
    made = fixture.fill(session, now=now)
    session.commit()
    for name, known in fixture_polls.POLLS.items():
        poll = session.get_one(Poll, made.things[name].id)
        voted = select(func.count()).where(PollTurnout.poll_id == poll.id)
        assert poll.room_id == made.things[known.room].id
        assert made.things[name].path == f"/polls/{poll.id}"
        assert (poll.is_secret, session.scalar(voted)) == (known.is_secret, known.ballots)
        assert rules.state(poll, now) == (rules.CLOSED if known.is_over else rules.OPEN)
    (count,) = session.scalars(select(PollCount)).all()
    assert count.poll_id == made.things["poll_closed"].id
    electors = session.get_one(Poll, made.things["poll_secret"].id).electors
    assert electors == fixture.CROWD + 2  # with citizen_a and who runs the room
