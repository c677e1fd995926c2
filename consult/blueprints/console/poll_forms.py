"""The forms of a vote: one to open it in few fields, one that asks why it ends early."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from ...domain import ballots, clean, days, local_times
from ...domain import polls as rules
from ...domain.errors import RuleBroken
from ...domain.kinds import N_
from ...i18n import gettext, sentence
from ...services import poll_purposes, polls
from .fields import Choice, ConsoleForm, Line, Radios, Several, Text, Tick

LASTS, EVENING = timedelta(days=7), 20
OPTIONS_LIMIT = rules.MOST_OPTIONS * (rules.OPTION_LIMIT + 1)
QUORUM_LABELS = {
    "none": N_("None"),
    "quarter": N_("A quarter of the members"),
    "third": N_("A third of the members"),
    "half": N_("Half of the members"),
    "two_thirds": N_("Two thirds of the members"),
}
RULE_LABELS = {
    "": N_("The usual one for this kind of vote"),
    rules.MOST: N_("The answer that comes first"),
    rules.MAJORITY: N_("More than half of the votes"),
    rules.TWO_THIRDS: N_("At least two thirds of the votes"),
}
PLAIN = sorted(
    ((name, one.LABEL) for name, one in ballots.KINDS.items() if one.IS_PLAIN),
    key=lambda offered: offered[0] != "yes_no",
)
OTHERS = [(name, one.LABEL) for name, one in ballots.KINDS.items() if not one.IS_PLAIN]


CANDIDATES = poll_purposes.CANDIDATES
# What the purpose of a vote asks for; the rest is said of every vote.
SAID = (poll_purposes.REASONS, CANDIDATES, "begins_on", "ends_on")
SIMPLEST = ("single", "yes_no", "consent", "approval")


class PollForm(ConsoleForm):
    """What is said of a vote; what most votes do not need stands under Advanced."""

    PLACES = {
        "poll-question-missing": "question",
        "voting-method-unknown": "kind",
        "options-choices-few": "options",
        "options-choices-many": "options",
        "options-choices-twice": "options",
        "paper-duels": "options",
        "rule-unknown": "rule",
        "secret-too-few": "is_secret",
        "secret-too-many": "is_secret",
        "date-missing": "closes_at",
        "poll-dates": "closes_at",
    }
    ADVANCED: tuple[str, ...] = ("details", "other", "options", "rule", "opens_at", "purpose")
    question = Line(
        N_("Question"),
        partial(clean.line, limit=rules.QUESTION_LIMIT, required="poll-question-missing"),
        description=N_(
            "One question that everyone understands, for example: Do we meet on Monday?"
        ),
    )
    kind = Radios(N_("Kind of vote"), offered=PLAIN)
    closes_at = Line(N_("Closes on"), str)
    quorum = Choice(N_("How many must take part?"), offered=list(QUORUM_LABELS.items()))
    is_secret = Tick(N_("Secret vote"))
    details = Text(
        N_("What one should know before voting"),
        partial(clean.text, limit=rules.DETAILS_LIMIT),
        optional=True,
    )
    other = Choice(
        N_("Another kind of vote"),
        offered=[("", N_("None: as chosen above")), *OTHERS],
    )
    options = Text(
        N_("Answers, one on each line"), partial(clean.text, limit=OPTIONS_LIMIT), optional=True
    )
    rule = Choice(N_("What wins"), offered=list(RULE_LABELS.items()))
    opens_at = Line(
        N_("Opens on"), str, optional=True, description=N_("Leave empty to open the vote now.")
    )
    purpose = Radios(
        N_("What the vote is for"),
        offered=[
            (name, one.LABEL) for name, one in poll_purposes.PURPOSES.items() if one.IS_OFFERED
        ],
    )

    @property
    def is_advanced(self) -> bool:
        """Whether something under Advanced is filled in, or wrong."""
        usual = ("", None, poll_purposes.DEFAULT)
        return any(self[name].errors or self[name].data not in usual for name in self.ADVANCED)

    def facts(self, zone: str, **about: Any) -> polls.Facts | None:
        """Return what was read, the hours being those of a zone; None when one is unreadable.

        `about` says what the vote is about, and for what purpose.
        """
        dates: dict[str, Any] = {}
        for name in ("opens_at", "closes_at"):
            try:
                dates[name] = local_times.read(clean.line(self[name].data), zone)
            except RuleBroken as broken:
                self[name].errors = [*self[name].errors, sentence(broken)]
        if len(dates) < 2:
            return None
        values = self.values() | dates
        values["kind"] = values.pop("other", "") or values["kind"]
        said = {name: self[name].data for name in SAID if values.pop(name, None) is not None}
        return polls.Facts(time_zone=zone, said=said, **about, **values)


class SubjectPollForm(PollForm):
    """A vote about something: what its purpose does not ask for is not there."""

    PLACES = {
        **PollForm.PLACES,
        "matter-reasons-missing": poll_purposes.REASONS,
        "purpose-kind": "kind",
        "candidates-missing": poll_purposes.CANDIDATES,
        "member-unknown": poll_purposes.CANDIDATES,
        "options-choices-many": poll_purposes.CANDIDATES,
        "mandate-ends-first": "ends_on",
        "mandate-begins-first": "begins_on",
    }
    ADVANCED = ("details", "rule", "opens_at", "begins_on")
    reasons = Text(
        N_("Why? One sentence is enough."),
        str,
        description=N_("Everyone reads it with the vote. It goes with the matter."),
    )
    candidates = Several(
        N_("Who can be elected?"),
        description=N_(
            "Ask them first: their names are read by all. For one, the room says yes or no."
        ),
    )
    begins_on = Line(
        N_("The mandate begins on"),
        days.read,
        optional=True,
        description=N_("Leave empty: it begins the day it is accepted."),
    )
    ends_on = Line(N_("The mandate ends on"), days.read, optional=True)

    def suit(self, purpose: poll_purposes.Purpose, draft: poll_purposes.Draft) -> None:
        """Keep the fields that a purpose asks for, and offer whom it may elect."""
        asks = set(purpose.ASKS)
        gone = ["purpose", "options", "other"]
        gone += [] if poll_purposes.DATES in asks else ["begins_on", "ends_on"]
        gone += [one for one in (poll_purposes.REASONS, CANDIDATES) if one not in asks]
        kinds = _in_order(purpose.KINDS)
        if CANDIDATES in asks:  # for a single person, the vote is yes or no by itself
            kinds = [one for one in kinds if ballots.KINDS[one].HAS_OPTIONS]
        self.kind.offer([(one, ballots.KINDS[one].LABEL) for one in kinds])
        self.candidates.choices = list(draft.candidates)
        for name in gone:
            del self[name]

    @property
    def is_advanced(self) -> bool:
        """Whether something under Advanced is filled in, or wrong."""
        there = [self[name] for name in self.ADVANCED if name in self]
        return any(one.errors or one.data not in ("", None) for one in there)


def _in_order(kinds: Sequence[str]) -> list[str]:
    """Return kinds of ballots, the simplest ones first."""
    return [one for one in SIMPLEST if one in kinds] + [one for one in kinds if one not in SIMPLEST]


def usual(now: datetime, zone: str) -> dict[str, str]:
    """Return what the form shows at first: a week, yes or no, a quorum of half."""
    evening = (now + LASTS).astimezone(local_times.zone(zone)).replace(hour=EVENING, minute=0)
    return {
        "kind": "yes_no",
        "quorum": "half",
        "closes_at": local_times.write(evening, zone),
        "purpose": poll_purposes.DEFAULT,
    }


class ReasonForm(ConsoleForm):
    """Why a vote ends before its hour."""

    PLACES = {"poll-reason-missing": "reason"}
    reason = Text(
        N_("Why?"),
        partial(clean.text, limit=rules.REASON_LIMIT, required="poll-reason-missing"),
        description=N_("Everyone reads it on the page of the vote."),
    )


def hints() -> dict[str, str]:
    """Return what each plain kind of vote is, by its name."""
    return {name: gettext(ballots.KINDS[name].HINT) for name, _label in PLAIN}
