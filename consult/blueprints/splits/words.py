"""A split in plain words: its sum, the reason of each amount, the command that makes it again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from shlex import quote
from typing import Any

from ... import award_reasons
from ...domain import kept_splits, money
from ...domain.kept_splits import Given, Line
from ...i18n import day, euros, gettext, ngettext, number
from ...models import SplitDecision, SplitEnvelope

_ = gettext


@dataclass(frozen=True)
class Paragraph:
    """Some sentences about one envelope, named when there are several."""

    funder: str
    sentences: Sequence[str]

    @property
    def text(self) -> str:
        """Return the sentences on one line."""
        return " ".join(self.sentences)


def total(decision: SplitDecision, surplus: str = "") -> list[str]:
    """Say in sentences what was shared, between how many, and what is left."""
    said = [
        ngettext(
            "%(num)s project receives %(awarded)s.",
            "%(num)s projects share %(awarded)s.",
            decision.projects,
            awarded=euros(decision.awarded_cents),
        ),
        _("Together they asked for %(asked)s.", asked=euros(decision.asked_cents)),
    ]
    if decision.left_cents:
        said.append(_("%(left)s are left.", left=euros(decision.left_cents)))
        said += [surplus] if surplus else []
    return said


def decided(decision: SplitDecision, zone: str) -> str:
    """Say which decision it is, of which day, and its sums."""
    return _(
        "Decision %(number)s of %(day)s. Envelope: %(envelope)s. Awarded: %(awarded)s.",
        number=number(decision.number),
        day=day(decision.published_at, zone),
        envelope=euros(decision.envelope_cents),
        awarded=euros(decision.awarded_cents),
    )


def why(
    decision: SplitDecision,
    envelopes: Sequence[SplitEnvelope],
    row: Any,
    given: Mapping[int, int],
) -> list[Paragraph]:
    """Explain what a project receives: a paragraph for each envelope that may help it."""
    helping = [one for one in envelopes if row.sources is None or one.position - 1 in row.sources]
    several, got = len(envelopes) > 1, 0
    told: list[Paragraph] = []
    for envelope in helping:
        award = given.get(envelope.position, 0)
        line = Line(row.asked_cents, row.wanted_cents, row.floor_cents, award, row.priority)
        left = line.after(got)
        if left.wanted or not told:
            told.append(_paragraph(decision, envelope, left, several, got > 0))
        got += award
    if not several:
        return told
    whole = [
        _("Your project receives %(award)s in all.", award=euros(row.awarded_cents)),
        _("You asked for %(asked)s.", asked=euros(row.asked_cents)),
    ]
    return [Paragraph("", whole), *told]


def _paragraph(
    decision: SplitDecision, envelope: SplitEnvelope, line: Line, several: bool, still: bool
) -> Paragraph:
    stages = envelope.stages
    given = Given(decision.rule, envelope.amount_cents, envelope.awarded_cents, stages)
    split = kept_splits.split_of(given, line)
    sentences = award_reasons.sentences(split, 0, still=still)
    return Paragraph(envelope.funder if several else "", sentences)


def command(decision: SplitDecision, envelope: SplitEnvelope, file: str) -> str:
    """Return the exact command that shares an envelope again."""
    words = ["consult", "split", "--rule", decision.rule]
    words += ["--envelope", money.as_plain(envelope.amount_cents)]
    if envelope.floor_cents:
        words += ["--floor", money.as_plain(envelope.floor_cents)]
    if envelope.cap_cents is not None:
        words += ["--cap", money.as_plain(envelope.cap_cents)]
    return " ".join([*words, quote(file)])


def file_name(slug: str, envelope: SplitEnvelope, envelopes: int) -> str:
    """Return the name of the table of an envelope."""
    mark = f"-{envelope.position}" if envelopes > 1 else ""
    return f"{slug}{mark}.csv"
