"""Passages: a part of a text that proves a block, where it stands, and who may be named with it."""

import hashlib
import re
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from . import signatures
from .errors import RuleBroken

CONTEST_WITHIN = timedelta(days=7)
WHY_LIMIT = 1_000
SIGNED = frozenset({signatures.PSEUDONYM, signatures.NAME, signatures.ORGANISATION})
# A sentence ends with a mark, and another one begins with what begins one; a line ends it too.
_END = re.compile(r"[.!?…]+[\"»”’)\]]*(?=\s+[\"«“‘(\[]*\s*[^\W_a-zà-öø-ÿ])|\n")


class Passage(NamedTuple):
    """Where a passage stands in its text: from one character to before another."""

    starts: int
    ends: int


def text_of(title: str, body: str) -> str:
    """Return the text that passages are taken from: its title only where it says nothing else."""
    return body if body.strip() else title


def digest(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal: another one says that the text changed."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def sentences(text: str) -> list[Passage]:
    """Cut a text in sentences, in order, the spaces around them left out."""
    cuts = [0, *(found.end() for found in _END.finditer(text)), len(text)]
    found = (_trimmed(text, *pair) for pair in zip(cuts, cuts[1:], strict=False))
    return [one for one in found if one is not None]


def joined(cut: Sequence[Passage], chosen: Collection[int]) -> list[Passage]:
    """Return the passages that the chosen sentences make: those that follow each other make one.

    Raises passage-missing when none is chosen, passage-unknown for one that is not there.
    """
    if not chosen:
        raise RuleBroken("passage-missing")
    if not all(0 <= place < len(cut) for place in chosen):
        raise RuleBroken("passage-unknown")
    found: list[Passage] = []
    for place in sorted(set(chosen)):
        if found and place - 1 in chosen:
            found[-1] = Passage(found[-1].starts, cut[place].ends)
        else:
            found.append(cut[place])
    return found


def quote(text: str, starts: int, ends: int) -> str:
    """Return the words of a passage, or raise passage-unknown when the text holds no such one."""
    if not 0 <= starts < ends <= len(text) or not text[starts:ends].strip():
        raise RuleBroken("passage-unknown")
    return text[starts:ends]


def may_name(signed_as: str, signature: str) -> bool:
    """Tell whether a text is signed with a name that a quotation may bear."""
    return signed_as in SIGNED and bool(signature.strip())


def contest_until(told_at: datetime) -> datetime:
    """Return until when whoever was told may contest, before anything is published."""
    return told_at + CONTEST_WITHIN


def is_named(
    named: bool, told_at: datetime | None, contested_at: datetime | None, now: datetime
) -> bool:
    """Tell whether a passage may be published with the name of its author today.

    Only when its author was told at least seven days ago, and did not contest it.
    """
    if not named or told_at is None or contested_at is not None:
        return False
    return contest_until(told_at) <= now


def _trimmed(text: str, starts: int, ends: int) -> Passage | None:
    held = text[starts:ends]
    left = len(held) - len(held.lstrip())
    words = held.strip()
    return Passage(starts + left, starts + left + len(words)) if words else None
