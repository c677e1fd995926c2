"""What the votes about a matter share: it can move that way now, and it moves with the vote."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from ...domain import ballots, clean, polls
from ...domain import matters as rules
from ...domain.errors import RuleBroken
from ...domain.kinds import N_
from ...domain.matters import states, table, votes
from ...models import Matter, Poll, PollCount, Room
from ...queries import matter_pages
from ...queries import matters as queries
from ...queries.rooms import Reader
from .. import matter_states, matters, room_settings
from . import REASONS, Asked, Bound, Draft, Effect

ABOUT, PATH = "matter", "/matters/{subject}"
# The ballots that say yes or no to one thing.
KINDS = ("yes_no", "consent")
# What a count holds for and against, by kind of ballot.
SIDES = {"yes_no": ("yes", "no"), "consent": ("no_objection", "objection")}
# Why nothing moved.
WORDS: Mapping[str, str] = {
    "not-adopted": N_("The room did not say yes: the matter does not move."),
    "moved": N_("The matter moved during the vote. The result stands as an advice."),
    "reworded": N_("The text changed during the vote. The result stands as an advice."),
    "few": N_("This room wants %(quorum)s people for such a vote: the matter does not move."),
}


def draft(move: str, session: Session, room: Room, asked: Asked, *, now: datetime) -> Draft:
    """Say what the vote is about, or raise matter-unknown (404) and why it cannot move so."""
    matter = _movable(move, session, room, asked)
    origin = session.get_one(Room, matter.origin_room_id)
    # What only the people of a room may know of is not said in the votes of another.
    is_shown = room.is_private or not origin.is_private
    return Draft(matter.title if is_shown else "…")


def title(session: Session, poll: Poll, reader: Reader) -> str:
    """Return the title of the matter that a vote is about, for who may know of it."""
    return session.scalar(queries.title(poll.subject, reader)) or ""


def bind(move: str, session: Session, room: Room, asked: Asked, *, now: datetime) -> Bound:
    """Bind a vote to a move of a matter as it reads now; matter-reasons-missing."""
    matter = _movable(move, session, room, asked)
    wanted = "matter-reasons-missing" if _needs_reasons(move) else ""
    reasons = clean.text(asked.said.get(REASONS), matters.REASON_LIMIT, required=wanted)
    facts = {REASONS: reasons, "text_version": matter.text_version}
    return Bound(matter.id, asked.kind, "", facts)


def act(
    move: str, session: Session, poll: Poll, outcome: polls.Outcome, *, now: datetime
) -> Effect:
    """Move the matter with the vote, if the room said yes and it still can."""
    if not outcome.adopted or outcome.adopted == ("no",):
        return Effect("not-adopted")
    matter = session.get(Matter, poll.subject, populate_existing=True)
    if matter is None:
        return Effect("moved")
    if matter.text_version != poll.purpose_facts["text_version"]:
        return Effect("reworded")
    what = matters.Act(
        move,
        None,
        poll.room_id,
        f"poll-{poll.id}",
        reasons=poll.purpose_facts[REASONS],
        vote=_vote(move, session, poll, outcome),
    )
    try:
        with session.begin_nested():
            done = matters.act(session, matter.id, what, now=now)
    except RuleBroken as broken:
        if broken.code == "vote-quorum":
            return Effect("few", broken.facts)
        return Effect("moved")
    return Effect("done", events=[event.id for event in done.events])


def _vote(move: str, session: Session, poll: Poll, outcome: polls.Outcome) -> votes.Vote:
    """Return the vote as the trail of the matter keeps it."""
    result = session.get_one(PollCount, poll.id).summary["result"]
    counts = dict(ballots.kind(poll.kind).rows(result))
    in_favour, against = (counts.get(side, 0) for side in SIDES[poll.kind])
    quorum = outcome.needed
    if move == "relay":
        settings = room_settings.in_force(session, poll.room_id)
        quorum = max(quorum, settings["relay_quorum"] * settings["relay_vote"])
    return votes.Vote(outcome.turnout, in_favour, 0, against, quorum, poll.id)


def _movable(move: str, session: Session, room: Room, asked: Asked) -> Matter:
    """Return a matter that whoever asks may see, and that their room may move so now."""
    reader = Reader(asked.account_id)
    row = session.execute(matter_pages.shown(asked.about, reader)).one_or_none()
    if row is None:
        raise RuleBroken("matter-unknown", 404)
    matter: Matter = row.Matter
    state = matter_states.read(session, matter)
    if move in matters.TAKES_UP:
        state = states.taken_up(state)
    by = matters.BY[move]
    if by == table.ANOTHER and not matter_states.is_beside(session, room, matter.room_id):
        raise RuleBroken("matter-not-yours", 403)
    rules.apply(states.Event("", move, by, room.id, above=row.above_id, reasons="-"), state)
    return matter


def _needs_reasons(move: str) -> bool:
    return any(row.reasons for row in table.MOVES if row.event == move)
