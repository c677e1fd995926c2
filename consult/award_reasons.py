"""Why a project receives what it receives, in plain sentences, from the reasons of the rule."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from babel import numbers

from .domain.splits import Split, Why
from .i18n import euros, gettext, locale, ngettext, number

_ = gettext


@dataclass(frozen=True)
class Case:
    """One award to explain."""

    split: Split
    place: int
    why: Why
    still: bool = False

    @property
    def asked(self) -> int:
        """Return what was asked, in cents."""
        return self.split.demand.asked[self.place]

    @property
    def floor(self) -> int:
        """Return what the project receives first, in cents."""
        return self.split.floors[self.place] if self.split.floors else 0

    def has(self, reason: str) -> bool:
        """Tell whether a reason is among those of the award."""
        return reason in self.why.reasons


def sentences(split: Split, place: int, *, still: bool = False) -> list[str]:
    """Return the sentences that explain one award, from the whole to the cent.

    With `still`, other envelopes gave before this one, and what is asked is what still lacks.
    """
    case = Case(split, place, split.why(place), still)
    asked = euros(case.asked)
    said = [
        _("Your project receives %(award)s.", award=euros(split.awards[place])),
        _("You still lacked %(asked)s.", asked=asked)
        if still
        else _("You asked for %(asked)s.", asked=asked),
    ]
    first = next((reason for reason in case.why.reasons if reason in _SHARED), None)
    for reason in case.why.reasons:
        said += _crowded(case) if reason == first else []
        said += _SAID[reason](case)
    return said


def _priority(case: Case) -> list[str]:
    mine = case.split.demand.priority[case.place]
    return [
        _("Projects are served in order of priority."),
        _("Yours has the number %(number)s.", number=number(mine)),
    ]


def _cap(case: Case) -> list[str]:
    most = euros(case.split.wanted[case.place])
    return [_("This project can receive at most %(most)s.", most=most)]


def _weight(case: Case) -> list[str]:
    weight = float(case.split.weight(case.place))
    return [_("Your project counts for %(weight)s shares.", weight=number(weight))]


def _all_served(case: Case) -> list[str]:
    left = case.split.left
    rest = [_("%(left)s are left.", left=euros(left))] if left else []
    return [_("The envelope is enough for everyone."), _full(case), *rest]


def _nothing_left(_case: Case) -> list[str]:
    return [_("Nothing is left to share.")]


def _nothing_asked(_case: Case) -> list[str]:
    return []


def _floor(case: Case) -> list[str]:
    return [
        _("Each project first receives its minimum."),
        _("Yours is %(floor)s.", floor=euros(case.floor)),
        _("Then the rest is shared."),
    ]


def _floors_exceed(case: Case) -> list[str]:
    return [
        _("This is not enough to give everyone the minimum."),
        _("So each request counts for its minimum only."),
        _("Yours is %(floor)s.", floor=euros(case.floor)),
    ]


def _below_equal_share(case: Case) -> list[str]:
    share = euros(int(case.why.share))
    if case.has("floor"):
        return [_("The equal share of this rest is %(share)s.", share=share), _full(case)]
    if case.has("floors_exceed"):
        return [_("The equal share is %(share)s.", share=share), _("You receive your minimum.")]
    return [
        _("The equal share is %(share)s.", share=share),
        _("You did not ask for more."),
        _full(case),
    ]


def _equal_share(case: Case) -> list[str]:
    share, served = euros(int(case.why.share)), case.why.stage.served
    if case.has("weight"):
        return [_("Your part of the sum is %(share)s.", share=share)]
    if case.has("floor"):
        return [_("The equal share of this rest is %(share)s.", share=share)]
    if not served:
        return [_("Everyone receives the same: %(share)s.", share=share)]
    return [
        ngettext(
            "%(num)s project needs less than the equal share. It receives everything.",
            "%(num)s projects need less than the equal share. They receive everything.",
            served,
        ),
        _("The others share the rest equally: %(share)s each.", share=share),
    ]


def _same_percentage(case: Case) -> list[str]:
    share = case.why.share
    percent = _percent(share)
    if case.has("weight"):
        return [_("You receive %(percent)s of what you needed.", percent=percent)]
    said = _("So each project receives the same part of its request: %(percent)s.", percent=percent)
    if case.has("floor"):
        said = _(
            "So each project receives the same part of what it still needs: %(percent)s.",
            percent=percent,
        )
    claim = case.split.wanted[case.place] - (case.floor if case.has("floor") else 0)
    part = case.split.awards[case.place] - (case.floor if case.has("floor") else 0)
    if case.has("floors_exceed") or not _is_whole(share) or claim * share != part:
        return [said]
    return [said, f"{euros(claim)} × {percent} = {euros(part)}."]


def _rounding_cent(_case: Case) -> list[str]:
    return [
        _("You receive 1 cent more."),
        _("The spare cents go to the largest requests first."),
    ]


def _rounding_cent_less(_case: Case) -> list[str]:
    return [_("You receive 1 cent less, so that the sum is exact.")]


def _comparison(_case: Case) -> list[str]:
    return [_("This amount comes from a rule shown to compare. Nobody is paid this way.")]


def _crowded(case: Case) -> list[str]:
    """Say that more is asked than there is."""
    stage = case.why.stage
    envelope, total = euros(stage.envelope), euros(stage.asked)
    there = _("The envelope is %(envelope)s.", envelope=envelope)
    if case.has("priority"):
        there = _("There are %(envelope)s for the projects of this number.", envelope=envelope)
    together = ngettext(
        "%(num)s project asks for %(total)s.",
        "The %(num)s projects ask for %(total)s together.",
        stage.count,
        total=total,
    )
    return [there, together, _("That is more than there is.")]


def _full(case: Case) -> str:
    if case.has("cap"):
        return _("You receive this maximum.")
    if case.still:
        return _("You receive all that you lacked.")
    return _("You receive all that you asked for.")


def _is_whole(share: Fraction) -> bool:
    return (share * 10_000).denominator == 1


def _percent(share: Fraction) -> str:
    """Write a share with two decimals at most, and say so where there are more."""
    shown = Decimal(round(share * 10_000)) / 10_000
    percent = numbers.format_percent(shown, format="#,##0.## %", locale=locale())
    return percent if _is_whole(share) else _("about %(percent)s", percent=percent)


_SHARED = (
    "floors_exceed",
    "floor",
    "below_equal_share",
    "equal_share",
    "same_percentage",
    "comparison",
)
_SAID: dict[str, Callable[[Case], list[str]]] = {
    "priority": _priority,
    "cap": _cap,
    "weight": _weight,
    "all_served": _all_served,
    "nothing_asked": _nothing_asked,
    "nothing_left": _nothing_left,
    "floor": _floor,
    "floors_exceed": _floors_exceed,
    "below_equal_share": _below_equal_share,
    "equal_share": _equal_share,
    "same_percentage": _same_percentage,
    "rounding_cent": _rounding_cent,
    "rounding_cent_less": _rounding_cent_less,
    "comparison": _comparison,
}
