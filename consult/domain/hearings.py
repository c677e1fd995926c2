"""Hearings: what a person said when heard, and how a quotation names them."""

import re
from datetime import date

from .errors import RuleBroken

BODY_LIMIT = 100_000
NAME_LIMIT = 200
MOST = 200
_BLANK = re.compile(r"\n{3,}")


def named(speaker: str, function: str, organisation: str) -> str:
    """Return how a person heard is named: who, what they do, where."""
    return ", ".join(one for one in (speaker, function, organisation) if one)


def check_day(held_on: date, today: date) -> None:
    """Raise hearing-later for a day that has not come: nobody was heard yet."""
    if held_on > today:
        raise RuleBroken("hearing-later")


def body(typed: str, from_file: str) -> str:
    """Return the words of a hearing: those typed, else those of a file.

    Raises hearing-both when there are some in each place: nobody knows which ones were meant.
    """
    if typed.strip() and from_file.strip():
        raise RuleBroken("hearing-both")
    return _BLANK.sub("\n\n", typed if typed.strip() else from_file)
