"""Votes of a room: when one can vote, the quorum and the rule in words, what a count decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from . import ballots, voting
from .errors import RuleBroken
from .kinds import N_

UPCOMING, OPEN, CLOSED, CANCELLED = "upcoming", "open", "closed", "cancelled"
LABELS = {
    UPCOMING: N_("Not open yet"),
    OPEN: N_("Vote open"),
    CLOSED: N_("Vote closed"),
    CANCELLED: N_("Vote cancelled"),
}
# Below this, a secret vote is none: one guesses who wrote what.
LEAST_SECRET = 5
MOST_SECRET = 2_000  # the ballots of a secret vote stand in one row, written again at each vote
QUESTION_LIMIT, DETAILS_LIMIT, REASON_LIMIT, OPTION_LIMIT = 300, 5_000, 500, 120
MOST_OPTIONS = 30

# The share of the electors that must take part.
QUORUMS: Mapping[str, tuple[int, int]] = {
    "none": (0, 1),
    "quarter": (1, 4),
    "third": (1, 3),
    "half": (1, 2),
    "two_thirds": (2, 3),
}
QUORUM_WORDS = {
    "none": N_("No quorum: the vote counts however many people take part."),
    "quarter": N_("The vote counts if at least a quarter of the members take part."),
    "third": N_("The vote counts if at least a third of the members take part."),
    "half": N_("The vote counts if at least half of the members take part."),
    "two_thirds": N_("The vote counts if at least two thirds of the members take part."),
}
MAJORITY, TWO_THIRDS, MOST, NO_OBJECTION = "majority", "two_thirds", "most", "no_objection"
RULE_WORDS = {
    MAJORITY: N_("An answer wins with more than half of the votes. Abstentions do not count."),
    TWO_THIRDS: N_(
        "An answer wins with at least two thirds of the votes. Abstentions do not count."
    ),
    MOST: N_("The answer that comes first wins. If two are equal, the room decides again."),
    NO_OBJECTION: N_("The proposal is adopted if somebody says yes and nobody objects."),
}


class Dated(Protocol):
    """What tells the state of a vote."""

    opens_at: datetime
    closes_at: datetime
    opened_at: datetime | None
    cancelled_at: datetime | None
    counted_at: datetime | None


@dataclass(frozen=True)
class Outcome:
    """What a count decides; `adopted` is empty where nothing is."""

    electors: int
    turnout: int
    abstentions: int
    needed: int
    leaders: tuple[str, ...]
    adopted: tuple[str, ...]

    @property
    def votes(self) -> int:
        """How many said something else than that they abstain."""
        return self.turnout - self.abstentions

    @property
    def quorum_reached(self) -> bool:
        """Whether enough people took part."""
        return self.turnout >= self.needed

    def told(self) -> dict[str, Any]:
        """Return it as the published file holds it."""
        return {
            "abstentions": self.abstentions,
            "votes": self.votes,
            "quorum_needed": self.needed,
            "quorum_reached": self.quorum_reached,
            "first": list(self.leaders),
            "adopted": list(self.adopted),
        }


def state(poll: Dated, now: datetime) -> str:
    """Tell the state of a vote; once counted it stays closed, whatever the clock says."""
    if poll.cancelled_at is not None:
        return CANCELLED
    if poll.counted_at is not None or now >= poll.closes_at:
        return CLOSED
    if poll.opened_at is None or now < poll.opens_at:
        return UPCOMING
    return OPEN


def check_open(poll: Dated, now: datetime) -> None:
    """Refuse a vote out of its time: poll-not-open, poll-closed, poll-cancelled (409)."""
    found = state(poll, now)
    if found != OPEN:
        code = {UPCOMING: "poll-not-open", CLOSED: "poll-closed", CANCELLED: "poll-cancelled"}
        raise RuleBroken(code[found], 409)


def check_secret(electors: int) -> None:
    """Refuse a secret vote of too few people, where it would be none, or of too many."""
    if electors < LEAST_SECRET:
        raise RuleBroken("secret-too-few", min=LEAST_SECRET)
    if electors > MOST_SECRET:
        raise RuleBroken("secret-too-many", max=MOST_SECRET)


def needed(quorum: str, electors: int) -> int:
    """Return how many must take part."""
    share, whole = QUORUMS[quorum]
    return -(-electors * share // whole)


def count(
    kind: str, paper: Mapping[str, Any], ballots_cast: Sequence[object]
) -> tuple[dict[str, Any], int]:
    """Return the result of ballots as they were read from the paper, and how many abstained.

    None stands for an abstention. Raises what the method raises on what is not on the paper.
    """
    method = voting.kind(ballots.kind(kind).METHOD)
    sheet = method.paper(paper)
    said = [one for one in ballots_cast if one is not None]
    result = method.tally([method.read(one, sheet) for one in said], sheet)
    return result, len(ballots_cast) - len(said)


def decide(
    kind: str, rule: str, quorum: str, result: Mapping[str, Any], *, turnout: tuple[int, int, int]
) -> Outcome:
    """Say what the result decides; `turnout` is how many electors, who took part, who abstained."""
    electors, took_part, abstained = turnout
    votes = took_part - abstained
    shown = ballots.kind(kind)
    leaders = shown.leaders(result) if votes else ()
    wanted = needed(quorum, electors)
    adopted: tuple[str, ...] = leaders if len(leaders) == 1 and took_part >= wanted else ()
    if adopted and rule in (MAJORITY, TWO_THIRDS):
        most = dict(shown.rows(result))[leaders[0]]
        passes = 2 * most > votes if rule == MAJORITY else 3 * most >= 2 * votes
        adopted = leaders if passes else ()
    return Outcome(electors, took_part, abstained, wanted, leaders, adopted)


def quorum(raw: object) -> str:
    """Read a quorum, or raise quorum-unknown."""
    if not isinstance(raw, str) or raw not in QUORUMS:
        raise RuleBroken("quorum-unknown")
    return raw


def rule(raw: object, kind: str) -> str:
    """Read the rule of a kind of ballot, its first one when nothing is chosen, or rule-unknown."""
    offered = ballots.kind(kind).RULES
    if raw in ("", None):
        return offered[0]
    if raw not in offered:
        raise RuleBroken("rule-unknown")
    return str(raw)
