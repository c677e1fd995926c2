"""The forms of a vote: one to open it in few fields, one that asks why it ends early."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from ...domain import ballots, clean, local_times
from ...domain import polls as rules
from ...domain.errors import RuleBroken
from ...domain.kinds import N_
from ...i18n import gettext, sentence
from ...services import poll_purposes, polls
from .fields import Choice, ConsoleForm, Line, Radios, Text, Tick

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
    ADVANCED = ("details", "other", "options", "rule", "opens_at", "purpose")
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

    def facts(self, zone: str) -> polls.Facts | None:
        """Return what was read, the hours being those of a zone; None when one is unreadable."""
        dates: dict[str, Any] = {}
        for name in ("opens_at", "closes_at"):
            try:
                dates[name] = local_times.read(clean.line(self[name].data), zone)
            except RuleBroken as broken:
                self[name].errors = [*self[name].errors, sentence(broken)]
        if len(dates) < 2:
            return None
        values = self.values() | dates
        values["kind"] = values.pop("other") or values["kind"]
        return polls.Facts(time_zone=zone, **values)


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
