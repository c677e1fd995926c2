"""Someone who stands in an open vote and cast a ballot."""

from consult.models import Poll, PollBallot, PollCandidate, PollElector


def votes(someone, name):
    make, mine = someone.make, {"account_id": someone.account.id}
    words = {"question": "Oui ?", "kind": "yes_no", "rule": "majority", "quorum": "none"}
    dates = dict.fromkeys(("opens_at", "closes_at", "created_at"), someone.now)
    held = {"room_id": someone.room.id, "created_by_id": someone.account.id, "time_zone": "UTC"}
    named = {"names": {"A": name, "B": "Bob Li"}}
    poll = make.save(Poll(purpose_facts=named, **words, **dates, **held))
    make.save(PollCandidate(poll_id=poll.id, mark="A", **mine))
    elector = make.save(PollElector(poll_id=poll.id, **mine))
    cast = {"elector_id": elector.id, "poll_id": poll.id, "said": {"ballot": ["yes"]}}
    make.save(PollBallot(name="a", receipt="b", **cast))
