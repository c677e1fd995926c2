"""Reading the form of a ballot: options are named by their place, so that no text is compared."""

import re
from collections.abc import Mapping, Sequence, Set
from typing import Any

from ..errors import RuleBroken

CHOICE = "choice"
_WHOLE = re.compile(r"[0-9]{1,6}", re.ASCII)
Fields = Mapping[str, Sequence[str]]


def option(typed: str, paper: Mapping[str, Any]) -> str:
    """Return the option at a place of the paper, or raise option-unknown."""
    options = paper["options"]
    if not _WHOLE.fullmatch(typed) or int(typed) >= len(options):
        raise RuleBroken("option-unknown")
    return str(options[int(typed)])


def only(fields: Fields, names: Set[str]) -> None:
    """Refuse a form that names what is not on the paper: option-unknown."""
    if not set(fields) <= names:
        raise RuleBroken("option-unknown")


def one(fields: Fields, paper: Mapping[str, Any]) -> list[str]:
    """Return the one option chosen."""
    chosen = several(fields, paper)
    if len(chosen) > 1:
        raise RuleBroken("choices-too-many", max=1)
    return chosen


def several(fields: Fields, paper: Mapping[str, Any]) -> list[str]:
    """Return the options chosen, one at least."""
    only(fields, {CHOICE})
    chosen = [option(typed, paper) for typed in fields.get(CHOICE, ())]
    if not chosen:
        raise RuleBroken("choices-too-few", min=1)
    return chosen


def by_option(fields: Fields, paper: Mapping[str, Any]) -> dict[str, int]:
    """Return the number typed or chosen beside each option; those left blank are left out."""
    only(fields, {f"{CHOICE}-{place}" for place in range(len(paper["options"]))})
    found = {}
    for place, name in enumerate(paper["options"]):
        typed = fields.get(f"{CHOICE}-{place}", ())
        if len(typed) > 1:
            raise RuleBroken("option-twice")
        text = typed[0].strip() if typed else ""
        if text:
            found[name] = whole(text)
    if not found:
        raise RuleBroken("choices-too-few", min=1)
    return found


def whole(text: str) -> int:
    """Return a whole number written in digits, or raise ballot-unreadable."""
    if not _WHOLE.fullmatch(text):
        raise RuleBroken("ballot-unreadable")
    return int(text)


def most(rows: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """Return the options of the greatest number."""
    top = max(number for _name, number in rows)
    return tuple(name for name, number in rows if number == top)


def first(ranks: Mapping[str, int]) -> tuple[str, ...]:
    """Return the options of the first rank."""
    best = min(ranks.values())
    return tuple(name for name, rank in ranks.items() if rank == best)


def counted(result: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Return how many ballots name each option."""
    return list(result["counts"].items())


def most_counted(result: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the options that most ballots name."""
    return most(counted(result))


def of_votes(paper: Mapping[str, Any], votes: int) -> int:
    """Return how many voted: a bar is full when everyone says the same."""
    return votes


def listed(ballot: Sequence[str]) -> list[tuple[str, str]]:
    """Return the options that a ballot names."""
    return [(name, "") for name in ballot]
