"""What happened to a matter, as its page tells it to someone who never heard of such things."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from ...domain.kinds import N_
from ...domain.matters import table
from ...i18n import gettext
from ...models import MatterEvent

TITLES = {
    "publish": N_("Opened in the room"),
    "withdraw": N_("Withdrawn"),
    "endorse": N_("Another room has it too"),
    "ask": N_("The room is asked to send it up"),
    "relay": N_("Sent up"),
    "relay_by_threshold": N_("Sent up: enough rooms have it too"),
    "remind": N_("No news: the room above is told"),
    "timeout_relay": N_("Sent up: the room stayed silent"),
    "timeout_withdraw": N_("No room answered: it is closed"),
    "take_up": N_("Taken up: the room begins to examine it"),
    "timeout_take_up": N_("The examination begins"),
    "return_down": N_("Sent back with a question"),
    "resubmit": N_("The question is answered: sent up again"),
    "settle_below": N_("The room settles it itself"),
    "timeout_resubmit": N_("Sent up again, without a word"),
    "join": N_("Joined to another matter"),
    "answer_joined": N_("Answered with the matter it was joined to"),
    "decide": N_("Answered"),
    "timeout_lapse": N_("No answer in time"),
    "appeal": N_("The room above is asked to look again"),
    "acknowledge": N_("The answer has been read"),
    "close": N_("Closed: every room has read the answer"),
    "timeout_ack": N_("Closed: the time to read the answer is over"),
}
OPENED_FOR = N_("Asked by someone, opened in the room")
STILL_ASKED = N_("The room stayed silent: the one above is asked")
SET_ASIDE = N_("The room set it aside")
SHORT = {
    table.ADOPTED: N_("Yes"),
    table.ADAPTED: N_("Yes, with changes"),
    table.PILOT: N_("We try it out first"),
    table.REJECTED: N_("No"),
}


NOW = {
    table.DRAFT: N_("Nobody else sees it yet. Publish it when it is ready."),
    table.OPEN: N_("“%(room)s” answers it, or sends it up."),
    table.PENDING: N_("“%(room)s” has received it, and will examine it."),
    table.REVIEW: N_("“%(room)s” examines it, then answers or sends it up."),
    table.RETURNED: N_("“%(room)s” has a question to answer, or settles it itself."),
    table.JOINED: N_("It is joined to another matter, and gets the same answer."),
    table.DECIDED: N_("The answer is given. Each room says that it has read it."),
    table.CLOSED: N_("The answer is given, and it is over."),
    table.WITHDRAWN: N_("Its room has withdrawn it."),
}
NOT_OPENED = N_("It is over: no room answers it any more.")
ASKED = N_("Someone asks “%(room)s” to open it, and nobody else sees it yet.")
AT_TOP = N_("“%(room)s” examines it, then answers and says why.")


class Step(NamedTuple):
    """A step of a matter: what, when, who, why, with which vote, on which text, until when."""

    title: str
    at: datetime
    who: str
    why: str
    vote: str
    poll: str  # the vote on this site that it comes from, for who may know of its room
    text_version: int
    holder: str | None
    deadline_at: datetime | None
    state: str


class Answer(NamedTuple):
    """The last answer to a matter: what it says, why, which room gave it and when."""

    title: str
    why: str
    who: str
    at: datetime


def now(row: Any) -> str:
    """Say in a sentence where a matter stands, and what its room does next."""
    words = NOW[row.stage]
    if row.stage == table.DRAFT and row.Matter.asked:
        words = ASKED
    elif row.stage == table.WITHDRAWN and row.Matter.asked:
        words = NOT_OPENED
    if row.above_id is None and row.stage in (table.OPEN, table.REVIEW):
        words = AT_TOP
    return gettext(words, room=row.holder_name or gettext("A private room"))


def steps(rows: Sequence[Any]) -> list[Step]:
    """Return the steps of a matter, the first first; the last one is where it stands."""
    found: list[Step] = []
    holder: str | None = None
    until: datetime | None = None
    for number, row in enumerate(rows, 1):
        event: MatterEvent = row[0]
        moved = event.to_room_id != holder
        renewed = event.deadline_at is not None and event.deadline_at != until
        holder, until = event.to_room_id, event.deadline_at
        found.append(
            Step(
                title=title(event),
                at=event.at,
                who=_who(row),
                why=event.reasons,
                vote=_vote(event),
                poll=(event.vote or {}).get("poll", "") if row.room else "",
                text_version=event.text_version,
                holder=(row.holder or gettext("A private room")) if moved else None,
                deadline_at=event.deadline_at if renewed else None,
                state="current" if number == len(rows) else "past",
            )
        )
    return found


def answer(rows: Sequence[Any], outcome: str | None) -> Answer | None:
    """Return the answer that holds, None as long as there is none."""
    given = [row for row in rows if row[0].stage == table.DECIDED and row[0].name in ANSWERING]
    if outcome is None or not given:
        return None
    event = given[-1][0]
    return Answer(gettext(table.OUTCOMES[outcome]), event.reasons, _who(given[-1]), event.at)


ANSWERING = ("decide", "settle_below", "timeout_lapse", "answer_joined")


def title(event: MatterEvent) -> str:
    """Say in a few words what happened."""
    if event.name == "publish" and event.facts.get("begun_asked"):
        return gettext(OPENED_FOR)
    if event.name == "timeout_relay" and event.stage == table.DRAFT:
        return gettext(STILL_ASKED)
    if event.name == "withdraw" and event.reasons:
        return gettext(SET_ASIDE)
    title = gettext(TITLES[event.name])
    outcome = event.facts.get("outcome")
    if event.name in ANSWERING and outcome in table.OUTCOMES:
        return gettext("%(label)s: %(number)s", label=title, number=_lower(outcome))
    return title


def _lower(outcome: str) -> str:
    label = gettext(table.OUTCOMES[outcome])
    return label[:1].lower() + label[1:]


def _who(row: Any) -> str:
    event: MatterEvent = row[0]
    if event.facts.get("by") in (table.CLOCK, table.SYSTEM):
        return gettext("By itself")
    room = row.room or gettext("A private room")
    if row.name:
        return gettext("%(name)s, for “%(room)s”", name=row.name, room=room)
    if event.account_id is None:
        return room
    if not row.is_inside and event.room_id is not None:
        return gettext("The room above, for “%(room)s”", room=room)
    return gettext("Someone who acts for “%(room)s”", room=room)


def _vote(event: MatterEvent) -> str:
    if not event.vote:
        return ""
    if "poll" in event.vote:
        return _poll(event.vote)
    return gettext(
        "Vote of the room: %(present)s people there, %(in_favour)s for, %(mixed)s mixed,"
        " %(against)s against. It took %(quorum)s people.",
        **event.vote,
    )


def _poll(vote: Mapping[str, Any]) -> str:
    """Say what came out of a vote on this site: those who neither agreed nor not abstained."""
    said = gettext(
        "Vote of the room: %(in_favour)s for, %(against)s against, %(others)s abstained.",
        others=vote["present"] - vote["in_favour"] - vote["against"],
        **vote,
    )
    quorum = gettext("It took %(quorum)s people.", quorum=vote["quorum"])
    return f"{said} {quorum}" if vote["quorum"] else said
