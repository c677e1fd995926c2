"""What the fields of a block are read by, and how a form shows them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from .. import clean
from ..errors import RuleBroken

LINE, TEXT, LINK, TABLE, CHOICE = "line", "text", "link", "table", "choice"
PICTURE = "picture"
_KEY = re.compile(r"[0-9A-Za-z]{1,18}", re.ASCII)
Row = tuple[str, int]
MOST_ROWS = 100
_DIGITS = 15


@dataclass(frozen=True)
class Field:
    """A field of a kind of block: its name for people, how it is read, how a form shows it."""

    label: str
    read: Callable[[object], str]
    control: str = LINE
    hint: str = ""
    choices: Sequence[tuple[str, str]] = ()


def line(label: str, hint: str = "") -> Field:
    """Return a field of one line."""
    return Field(label, clean.line, LINE, hint)


def text(label: str, hint: str = "") -> Field:
    """Return a field of several lines."""
    return Field(label, partial(clean.text, limit=5_000), TEXT, hint)


def link(label: str, hint: str = "") -> Field:
    """Return a web address."""
    return Field(label, clean.link, LINK, hint)


def table(label: str, hint: str = "") -> Field:
    """Return a table of words and whole numbers, one row a line."""
    return Field(label, _table, TABLE, hint)


def picture(label: str, hint: str = "") -> Field:
    """Return a picture, by its key."""

    def read(raw: object) -> str:
        if raw is None or raw == "":
            return ""
        if not isinstance(raw, str) or not _KEY.fullmatch(raw):
            raise RuleBroken("picture-unknown")
        return raw

    return Field(label, read, PICTURE, hint)


def choice(label: str, choices: Mapping[str, str]) -> Field:
    """Return one of a few words, or none."""

    def read(raw: object) -> str:
        if raw is None or raw == "":
            return ""
        if not isinstance(raw, str) or raw not in choices:
            raise RuleBroken("option-unknown")
        return raw

    return Field(label, read, CHOICE, choices=tuple(choices.items()))


def rows(raw: str) -> list[Row]:
    """Return the rows of a table as it is kept: "The morning : 12", one a line.

    Raises figure-unreadable with the number of the line that has no words or no whole number.
    """
    found = []
    lines = [one for one in raw.split("\n") if one.strip()]
    if len(lines) > MOST_ROWS:
        raise RuleBroken("figure-too-long", max=MOST_ROWS)
    for place, one in enumerate(lines, start=1):
        words, _colon, number = one.rpartition(":")
        digits = "".join(number.split())
        plain = digits.isascii() and digits.isdecimal() and len(digits) <= _DIGITS
        if not words.strip() or not plain:
            raise RuleBroken("figure-unreadable", line=place)
        found.append((words.strip(), int(digits)))
    return found


def written(found: Sequence[Row]) -> str:
    """Return rows as they are kept."""
    return "\n".join(f"{' '.join(words.split())} : {number}" for words, number in found)


def _table(raw: object) -> str:
    typed = clean.text(raw, 10_000)
    return written(rows(typed)) if typed else ""
