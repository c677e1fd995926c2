"""Votes for tests: a room with its members, a vote open in it, ballots as forms send them."""

from datetime import timedelta
from random import SystemRandom

from consult.domain import receipts
from consult.queries.rooms import Reader
from consult.services import poll_ballots, poll_counts, polls

DAY = timedelta(days=1)
ABSTAIN = {"abstain": ["yes"]}
YES, NO = {"choice": ["0"]}, {"choice": ["1"]}
# One good ballot of each kind on a paper of three answers, and what is not on it.
OPTIONS = "A\nB\nC"
GOOD = {
    "yes_no": YES,
    "consent": {"choice": ["objection"], "reason": ["C'est trop tôt."]},
    "single": {"choice": ["1"]},
    "approval": {"choice": ["0", "2"]},
    "judgment": {"choice-0": ["4"], "choice-1": ["0"], "choice-2": [""]},
    "ranking": {"choice-0": ["1"], "choice-1": ["2"], "choice-2": ["1"]},
    "score": {"choice-0": ["10"], "choice-2": ["3"]},
}
WRONG = [
    *((kind, {}, "choices-too-few") for kind in GOOD),
    *((kind, {"choice": ["9"]}, "option-unknown") for kind in GOOD),
    *((kind, {**good, "choice-9": ["1"]}, "option-unknown") for kind, good in GOOD.items()),
    *((kind, {**good, **ABSTAIN}, "ballot-unreadable") for kind, good in GOOD.items()),
    ("yes_no", {"choice": ["0", "1"]}, "choices-too-many"),
    ("yes_no", {"choice": ["٠"]}, "option-unknown"),
    ("yes_no", {"choice": ["-1"]}, "option-unknown"),
    ("yes_no", {"choice[]": ["0"]}, "option-unknown"),
    ("yes_no", {"abstain": ["no"]}, "ballot-unreadable"),
    ("single", {"choice": ["0", "0"]}, "choices-too-many"),
    ("approval", {"choice": ["0", "0"]}, "option-twice"),
    ("consent", {"choice": ["objection"], "reason": ["  "]}, "objection-without-reason"),
    ("consent", {"choice": ["objection"]}, "objection-without-reason"),
    ("consent", {"choice": ["no_objection", "objection"]}, "choices-too-many"),
    ("consent", {"choice": ["objection"], "reason": ["\x00"]}, "text-unreadable"),
    ("judgment", {"choice-0": ["5"]}, "grade-unknown"),
    ("judgment", {"choice-0": ["1e3"]}, "ballot-unreadable"),
    ("judgment", {"choice-0": ["1", "2"]}, "option-twice"),
    ("ranking", {"choice-0": ["4"]}, "rank-out"),
    ("ranking", {"choice-0": ["0"]}, "rank-out"),
    ("score", {"choice-0": ["11"]}, "scale-out"),
    ("score", {"choice-0": ["-1"]}, "ballot-unreadable"),
    ("score", {"choice-0": ["9" * 30]}, "ballot-unreadable"),
]


def code():
    return receipts.new_code(SystemRandom())


def members(make, room, count):
    """Let people into a room; the first one runs it."""
    people = [make.account(name=f"Personne {n:03}") for n in range(count)]
    for place, person in enumerate(people):
        make.joins(person, room, "member" if place else "facilitator")
    return people


def opened(session, room, now, **facts):
    """Open a vote for a day: yes or no, unless told otherwise."""
    said = {"question": "On se réunit lundi ?", "kind": "yes_no", "closes_at": now + DAY} | facts
    if said["kind"] not in ("yes_no", "consent"):
        said.setdefault("options", OPTIONS)
    poll = polls.open_one(session, room, polls.Facts(**said), actor="system", now=now)
    session.commit()
    return poll


def votes(session, poll, person, fields, now, receipt=None):
    """Cast a ballot as the form would; return the code of the receipt."""
    receipt = receipt or code()
    poll_ballots.cast(
        session,
        poll.id,
        poll_ballots.Cast(fields, receipt),
        account_id=person.id,
        reader=Reader(person.id),
        now=now,
    )
    session.commit()
    return receipt


def close(session, poll, now):
    """Count a vote a day later; return its count."""
    from consult.models import PollCount

    assert poll_counts.count(session, poll.id, now=now + DAY)
    session.commit()
    return session.get_one(PollCount, poll.id)
