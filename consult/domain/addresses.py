"""A list of e-mail addresses as people keep it: one a line, or the column of a table."""

import re
from dataclasses import dataclass, field

from . import clean
from .errors import RuleBroken

MOST = 10_000
TEXT_LIMIT = 900_000
SHOWN = 80
_BETWEEN = re.compile(r"[\s,;<>]+")
_AROUND = "\"'()[]:.\u00ab\u00bb"
_LINES = re.compile(r"\r\n|\r|\n")

Lines = list[tuple[int, str]]


@dataclass
class Found:
    """What a list holds: its addresses, each once, and the lines that give none or one again."""

    addresses: list[str] = field(default_factory=list)
    unreadable: Lines = field(default_factory=list)
    doubles: Lines = field(default_factory=list)


def decode(content: bytes) -> str:
    """Return the text of a file: UTF-8 or UTF-16 with its mark, UTF-8, else Windows' alphabet."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read(raw: str) -> Found:
    """Return the addresses of a list; the first line may be the names of its columns.

    Commas, semicolons, tabs and spaces separate; what holds no @ is another column. Raises
    text-too-long, listed-empty and listed-too-many.
    """
    if len(raw) > TEXT_LIMIT:
        raise RuleBroken("text-too-long", over=len(raw) - TEXT_LIMIT)
    found, seen = Found(), set[str]()
    for number, row in enumerate(_LINES.split(raw.lstrip("\ufeff")), start=1):
        words = [word for word in _BETWEEN.split(row) if "@" in word]
        if not words and number > 1 and row.strip(" \t,;"):
            found.unreadable.append((number, row.strip()[:SHOWN]))
        for word in words:
            _take(found, seen, number, word.strip(_AROUND))
    if not found.addresses and not found.unreadable:
        raise RuleBroken("listed-empty")
    if len(found.addresses) > MOST:
        raise RuleBroken("listed-too-many", max=MOST)
    return found


def _take(found: Found, seen: set[str], number: int, word: str) -> None:
    try:
        address = clean.email(word)
    except RuleBroken:
        address = ""
    if not address:
        found.unreadable.append((number, word[:SHOWN]))
    elif address in seen:
        found.doubles.append((number, address))
    else:
        seen.add(address)
        found.addresses.append(address)
