"""What the result of a vote says, in plain words: everyone reads the same sentences."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from ... import clock
from ...domain import ballots
from ...domain import polls as rules
from ...domain.ballots import consent
from ...i18n import gettext, ngettext
from ...models import Poll
from ...services import poll_purposes


def option(poll: Poll, name: str) -> str:
    """Return an option as it is shown: ours are translated, those of the room are as written.

    Of an election the paper holds marks, and the facts of the vote the names.
    """
    if name in (names := candidates(poll)):
        return str(names[name])
    words = ballots.kind(poll.kind).WORDS
    return gettext(words[name]) if name in words else name


def candidates(poll: Poll) -> dict[str, str]:
    """Return the names of those whom a vote may elect, by their marks on the paper."""
    return dict(poll.purpose_facts.get("names", {}))


def effect(poll: Poll) -> str:
    """Say what a vote brought about, or why nothing; "" where nothing was to follow by itself."""
    said = poll.effect or {}
    words = poll_purposes.of(poll).WORDS.get(said.get("code", ""))
    if words is None:
        return ""
    facts = said["facts"]
    mark = facts.get("mark", "")
    return gettext(words, **facts, name=candidates(poll).get(mark, mark))


class Told(NamedTuple):
    """A vote on the page of what it is about: where it is, whose, its state, what came of it."""

    path: str
    question: str
    room: str
    state: str
    closes_at: datetime
    time_zone: str
    effect: str


def told(row: Any) -> Told:
    """Return a vote as the page of its subject tells it."""
    poll, now = row.Poll, clock.now()
    zone, state = poll.time_zone, rules.state(poll, now)
    path = f"/polls/{poll.id}"
    return Told(path, poll.question, row.room, state, poll.closes_at, zone, effect(poll))


def lines(poll: Poll, ballot: Any) -> list[tuple[str, str]]:
    """Return what a ballot says, line by line."""
    if ballot is None:
        return [(gettext("I abstain"), "")]
    said = ballots.kind(poll.kind).said(ballot)
    return [(option(poll, name), option(poll, value)) for name, value in said]


def rows(poll: Poll, result: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return the bars of a result, in the order of the paper."""
    found, options = ballots.kind(poll.kind).rows(result), poll.paper["options"]
    # What a database keeps of a result has lost the order of the paper.
    if all(name in options for name, _number in found):
        found = sorted(found, key=lambda row: options.index(row[0]))
    grades = result.get("medians", {})
    return [(_with_grade(poll, name, grades.get(name)), number) for name, number in found]


def _with_grade(poll: Poll, name: str, grade: str | None) -> str:
    shown = option(poll, name)
    return f"{shown} – {option(poll, grade)}" if grade else shown


def sentences(poll: Poll, outcome: rules.Outcome) -> list[str]:
    """Return what a vote decided, and why, or why it did not."""
    if not outcome.turnout:
        return [gettext("Nobody voted. Nothing is decided.")]
    if not outcome.quorum_reached:
        return [
            gettext(
                "The quorum is not reached: %(needed)s people had to vote, %(turnout)s did.",
                needed=outcome.needed,
                turnout=outcome.turnout,
            ),
            gettext("Nothing is decided."),
        ]
    if not outcome.votes:
        return [gettext("Everyone abstained. Nothing is decided.")]
    return _decided(poll, outcome)


def _decided(poll: Poll, outcome: rules.Outcome) -> list[str]:
    if poll.kind == "yes_no":
        return _yes_or_no(outcome)
    if poll.kind == "consent":
        adopted = bool(outcome.adopted)
        return [gettext(ADOPTED) if adopted else gettext(NOT_ADOPTED), gettext(WHY[adopted])]
    first = [option(poll, name) for name in outcome.leaders]
    if len(first) > 1:
        return [
            gettext("These answers are equal, and come first: %(names)s.", names=", ".join(first)),
            gettext("Nothing is decided: the room decides again."),
        ]
    if not outcome.adopted:
        return [
            gettext("“%(name)s” comes first, with too few votes to win.", name=first[0]),
            gettext(rules.RULE_WORDS[poll.rule]),
        ]
    return [gettext("“%(name)s” comes first and wins.", name=first[0])]


def _(message: str) -> str:
    """Mark a message for the catalogue."""
    return message


ADOPTED, NOT_ADOPTED = _("The proposal is adopted."), _("The proposal is not adopted.")
WHY = {
    True: _("Nobody objects to it."),
    False: _("Someone objects to it. The reasons are below."),
}


def _yes_or_no(outcome: rules.Outcome) -> list[str]:
    if outcome.adopted == ("yes",):
        return [gettext(ADOPTED), gettext("Enough people said yes.")]
    if len(outcome.leaders) > 1:
        return [gettext(NOT_ADOPTED), gettext("As many people said yes as no.")]
    if outcome.leaders == ("yes",):
        return [gettext(NOT_ADOPTED), gettext("More people said yes than no, but too few to win.")]
    return [gettext(NOT_ADOPTED), gettext("More people said no than yes.")]


def took_part(turnout: int, electors: int) -> str:
    """Say how many voted among those who may."""
    return ngettext(
        "%(num)s person voted out of %(all)s.",
        "%(num)s people voted out of %(all)s.",
        turnout,
        all=electors,
    )


def objections(poll: Poll, result: Mapping[str, Any]) -> list[str]:
    """Return the reasons of those who object, in alphabetical order."""
    if poll.kind != "consent":
        return []
    found: list[str] = result["objections"][consent.PROPOSAL]
    return found
