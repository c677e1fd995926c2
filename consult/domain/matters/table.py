"""What can happen to a matter: from which state, what, who, whether reasons are due, to which.

The table is data: pages show it in words, and a test walks all that it allows.
"""

from typing import NamedTuple

from ..kinds import N_

DRAFT, OPEN, PENDING, REVIEW = "draft", "open", "pending", "review"
RETURNED, JOINED, DECIDED = "returned", "joined", "decided"
CLOSED, WITHDRAWN = "closed", "withdrawn"
STAGES = {
    DRAFT: N_("Draft"),
    OPEN: N_("Open in the room"),
    PENDING: N_("Received"),
    REVIEW: N_("Being examined"),
    RETURNED: N_("Sent back with a question"),
    JOINED: N_("Joined to another matter"),
    DECIDED: N_("Answered"),
    CLOSED: N_("It is closed"),
    WITHDRAWN: N_("Withdrawn"),
}
ENDED = frozenset({CLOSED, WITHDRAWN})
ADOPTED, ADAPTED, REJECTED, PILOT, LAPSED = "adopted", "adapted", "rejected", "pilot", "lapsed"
OUTCOMES = {
    ADOPTED: N_("Adopted"),
    ADAPTED: N_("Adopted with changes"),
    PILOT: N_("Tried out first"),
    REJECTED: N_("Not adopted"),
    LAPSED: N_("No answer: the room did not answer in time"),
}
CHOSEN = (ADOPTED, ADAPTED, PILOT, REJECTED)  # what a room answers; the clock alone says lapsed

AUTHOR, HOLDER, ANOTHER = "author", "holder", "another"
ORIGIN, OWED, SYSTEM, CLOCK = "origin", "owed", "system", "clock"
WHO = {
    AUTHOR: N_("whoever wrote it"),
    HOLDER: N_("the room that holds it"),
    ANOTHER: N_("another room of the same level"),
    ORIGIN: N_("the room where it began"),
    OWED: N_("a room that the answer is for"),
    SYSTEM: N_("nobody: it follows at once"),
    CLOCK: N_("nobody: the delay is over"),
}
WHEN = {
    "is_below": N_("there is a room above"),
    "is_top": N_("there is no room above"),
    "came_up": N_("it came from a room below"),
    "not_returned": N_("this room has not sent it back before"),
    "not_backed": N_("this room does not carry it yet"),
    "alone": N_("no other room carries it, and it never went up"),
    "enough": N_("enough rooms below the same room carry it"),
    "requested": N_("someone asked the room for it"),
    "not_asked": N_("the author has not asked before"),
    "not_reminded": N_("nobody was reminded before"),
    "reminded": N_("the room above was reminded"),
    "wanted": N_("another room carries it, or its author asks"),
    "unwanted": N_("no other room carries it, and its author asks nothing"),
    "may_appeal": N_("it was not adopted, and this is the first time"),
    "is_owed": N_("this room has not acknowledged it"),
    "told": N_("every room has acknowledged it"),
    "other": N_("both are in this room"),
    "same_answer": N_("the other matter is answered"),
}


class Move(NamedTuple):
    """One row: a matter in one of `stages` may go to `to` (None: it stays), `step` levels up."""

    event: str
    stages: tuple[str, ...]
    by: str
    to: str | None
    label: str
    reasons: bool = False
    when: tuple[str, ...] = ()
    step: int = 0


HERE = (OPEN, REVIEW)
MOVES: tuple[Move, ...] = (
    Move("publish", (DRAFT,), AUTHOR, OPEN, N_("Publish it")),
    Move("withdraw", (DRAFT,), AUTHOR, WITHDRAWN, N_("Withdraw it")),
    Move(
        "remind", (DRAFT,), CLOCK, None, N_("The room above is reminded"),
        when=("requested", "is_below", "not_reminded"),
    ),
    Move(
        "timeout_relay", (DRAFT,), CLOCK, None, N_("The room above is asked: this one is silent"),
        when=("requested", "is_below", "reminded"), step=1,
    ),
    Move(
        "timeout_withdraw", (DRAFT,), CLOCK, WITHDRAWN, N_("No room answers the request"),
        when=("requested", "is_top"),
    ),
    Move("withdraw", (OPEN,), AUTHOR, WITHDRAWN, N_("Withdraw it"), when=("alone",)),
    Move("endorse", HERE, ANOTHER, None, N_("Our room too"), when=("not_backed",)),
    Move("ask", HERE, AUTHOR, None, N_("Ask that it goes up"), when=("is_below", "not_asked")),
    Move("relay", HERE, HOLDER, PENDING, N_("Send it up"), True, ("is_below",), 1),
    Move(
        "relay_by_threshold", HERE, SYSTEM, PENDING, N_("It goes up: enough rooms carry it"),
        when=("is_below", "enough"), step=1,
    ),
    Move(
        "remind", HERE, CLOCK, None, N_("The room above is reminded"),
        when=("is_below", "not_reminded"),
    ),
    Move(
        "timeout_relay", HERE, CLOCK, PENDING, N_("It goes up: the room stayed silent"),
        when=("is_below", "reminded", "wanted"), step=1,
    ),
    Move("take_up", (PENDING,), HOLDER, REVIEW, N_("Take it up")),
    Move("timeout_take_up", (PENDING,), CLOCK, REVIEW, N_("The examination begins")),
    Move(
        "return_down", (REVIEW,), HOLDER, RETURNED, N_("Send it back with a question"), True,
        ("came_up", "not_returned"), -1,
    ),
    Move("resubmit", (RETURNED,), HOLDER, PENDING, N_("Answer the question"), True, step=1),
    Move("settle_below", (RETURNED,), HOLDER, DECIDED, N_("Settle it here"), True),
    Move("timeout_resubmit", (RETURNED,), CLOCK, PENDING, N_("It goes up again"), step=1),
    Move(
        "join", (PENDING, REVIEW), HOLDER, JOINED, N_("Join it to another matter"), True,
        ("other",),
    ),
    Move(
        "answer_joined", (JOINED,), SYSTEM, DECIDED, N_("The joined matter is answered"),
        when=("same_answer",),
    ),
    Move("decide", HERE, HOLDER, DECIDED, N_("Answer"), True),
    Move(
        "timeout_lapse", HERE, CLOCK, DECIDED, N_("No answer in time"),
        when=("is_below", "reminded", "unwanted"),
    ),
    Move(
        "timeout_lapse", HERE, CLOCK, DECIDED, N_("No answer in time"),
        when=("is_top",),
    ),
    Move("appeal", (DECIDED,), ORIGIN, PENDING, N_("Ask the room above"), True, ("may_appeal",), 1),
    Move("acknowledge", (DECIDED,), OWED, None, N_("We have read the answer"), when=("is_owed",)),
    Move("close", (DECIDED,), SYSTEM, CLOSED, N_("The matter is closed"), when=("told",)),
    Move("timeout_ack", (DECIDED,), CLOCK, CLOSED, N_("The matter is closed")),
)  # fmt: skip
EVENTS = tuple(dict.fromkeys(move.event for move in MOVES))
LABELS = {move.event: move.label for move in MOVES}
