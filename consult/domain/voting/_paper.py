"""What stands on a ballot paper, and how a ballot is held against it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .. import clean
from ..errors import RuleBroken

MOST_OPTIONS = 10_000
MOST_GRADES = 100
MOST_VOTERS = 10**18
WORD_LIMIT = 500


@dataclass(frozen=True)
class Paper:
    """The options in their order, how many a ballot names, and what a method asks of each.

    `default` is how a missing grade counts; `voters` is how many voted, where the file says it.
    """

    options: tuple[str, ...]
    least: int
    most: int
    grades: tuple[str, ...] = ()
    default: str = ""
    scale: tuple[int, int] = (0, 0)
    voters: int = 0

    @cached_property
    def places(self) -> dict[str, int]:
        """Return the place of each option."""
        return {option: place for place, option in enumerate(self.options)}

    def by_option(self, values: Iterable[Any]) -> dict[str, Any]:
        """Return one value for each option, in the order of the paper."""
        return dict(zip(self.options, values, strict=True))


def words(raw: Mapping[str, Any], field: str, least: int, most: int) -> tuple[str, ...]:
    """Return a list of different readable words, as they are written."""
    given = raw.get(field)
    if not isinstance(given, list) or len(given) < least:
        raise RuleBroken("paper-wrong", field=field)
    if len(given) > most:
        raise RuleBroken("paper-long", field=field, max=most)
    seen = {clean.line(word, WORD_LIMIT, required="paper-word-empty") for word in given}
    if len(seen) < len(given):
        raise RuleBroken("paper-twice", field=field)
    return tuple(given)


def plain(raw: Mapping[str, Any], most_options: int = MOST_OPTIONS) -> Paper:
    """Return a paper of options; a ballot names any number of them unless `min` and `max` say."""
    options = words(raw, "options", 1, most_options)
    least = whole(raw.get("min", 0), 0, len(options), RuleBroken("paper-wrong", field="min"))
    most = raw.get("max", len(options))
    most = whole(most, max(least, 1), len(options), RuleBroken("paper-wrong", field="max"))
    return Paper(options, least, most)


def whole(raw: object, low: int, high: int, refusal: RuleBroken) -> int:
    """Return a whole number between two bounds; text, decimals, true and false are none."""
    if not isinstance(raw, int) or isinstance(raw, bool) or not low <= raw <= high:
        raise refusal
    return raw


def one(raw: object) -> tuple[int, object]:
    """Return one voter and the ballot: an entry of the file is a ballot."""
    return 1, raw


def place(raw: object, paper: Paper) -> int:
    """Return the place of an option that a ballot names."""
    if not isinstance(raw, str):
        raise RuleBroken("ballot-unreadable")
    if raw not in paper.places:
        raise RuleBroken("option-unknown")
    return paper.places[raw]


def named(raw: object, paper: Paper) -> tuple[int, ...]:
    """Return the places of the options that a ballot lists, each once, as many as asked."""
    if not isinstance(raw, list):
        raise RuleBroken("ballot-unreadable")
    found = [place(option, paper) for option in raw]
    if len(set(found)) < len(found):
        raise RuleBroken("option-twice")
    within(len(found), paper)
    return tuple(sorted(found))


def entries(raw: object, paper: Paper) -> list[tuple[int, Any]]:
    """Return the place and the value of each option that a ballot judges.

    An object of JSON that holds a name twice arrives as a tuple of pairs.
    """
    if isinstance(raw, tuple):
        raise RuleBroken("option-twice")
    if not isinstance(raw, Mapping):
        raise RuleBroken("ballot-unreadable")
    found = [(place(option, paper), value) for option, value in raw.items()]
    within(len(found), paper)
    return found


def within(count: int, paper: Paper) -> None:
    """Refuse a ballot that names too few options, or too many."""
    if count < paper.least:
        raise RuleBroken("choices-too-few", min=paper.least)
    if count > paper.most:
        raise RuleBroken("choices-too-many", max=paper.most)


def rows(raw: object, paper: Paper, width: int) -> list[list[int]]:
    """Return a row of counts for each option, or raise counts-wrong with the number of the row."""
    if not isinstance(raw, list) or len(raw) != len(paper.options):
        raise RuleBroken("paper-wrong", field="tallies")
    for number, row in enumerate(raw, start=1):
        refusal = RuleBroken("counts-wrong", row=number)
        if not isinstance(row, list) or len(row) != width:
            raise refusal
        for count in row:
            whole(count, 0, MOST_VOTERS, refusal)
    return raw
