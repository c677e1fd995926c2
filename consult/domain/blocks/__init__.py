"""The kinds of blocks of a synthesis, one module each: its name, what it holds, what it needs.

A kind says `LABEL`, its name; `HINT`, what to write there; `TITLE` and `BODY`, what its two texts
are called, "" for one it has not; `NEEDS`, those it cannot do without; and `FIELDS`, what it alone
holds. `RANK` is 1 for what begins a chapter, 2 for what begins a section, 3 for all else.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, cast

from .. import clean
from ..errors import RuleBroken
from ..kinds import discover
from . import _fields

Field = _fields.Field
TITLE_LIMIT = 300
ORDER = (
    *("chapter", "section", "finding", "key_idea", "challenge", "initiative", "proposition"),
    *("quotation", "disagreement", "open_question", "figure", "illustration", "focus"),
    *("perspective", "reply"),
)


class BlockKind(Protocol):
    """What a module of this package provides."""

    LABEL: str
    HINT: str
    TITLE: str
    BODY: str
    NEEDS: Sequence[str]
    FIELDS: Mapping[str, Field]
    RANK: int


@dataclass(frozen=True)
class Words:
    """What a block says: its title, its text, and what its kind alone holds."""

    title: str = ""
    body: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


KINDS = cast(Mapping[str, BlockKind], discover(sys.modules[__name__]))


def kind(name: object) -> BlockKind:
    """Return the kind of this name, or raise block-kind-unknown."""
    if not isinstance(name, str) or name not in KINDS:
        raise RuleBroken("block-kind-unknown")
    return KINDS[name]


def ordered() -> list[tuple[str, BlockKind]]:
    """Return the kinds in the order in which a form offers them; a newcomer comes last."""
    known = [name for name in ORDER if name in KINDS]
    return [(name, KINDS[name]) for name in [*known, *sorted(set(KINDS) - set(known))]]


def read(name: object, values: Mapping[str, object]) -> Words:
    """Return what was typed for a block of a kind; nothing else of the values is kept.

    Raises block-incomplete for what it cannot do without, and what its fields raise.
    """
    found = kind(name)
    title = clean.line(values.get("title"), TITLE_LIMIT) if found.TITLE else ""
    body = clean.text(values.get("body")) if found.BODY else ""
    details = {key: one.read(values.get(key)) for key, one in found.FIELDS.items()}
    said = {"title": title, "body": body, **details}
    missing = next((need for need in found.NEEDS if not said[need]), None)
    if missing is not None:
        raise RuleBroken("block-incomplete", field=missing)
    if not any(said.values()):
        raise RuleBroken("block-empty")
    return Words(title, body, {key: text for key, text in details.items() if text})


def rank(name: str) -> int:
    """Return the rank of a kind; what is no longer known is a plain block."""
    return KINDS[name].RANK if name in KINDS else 3
