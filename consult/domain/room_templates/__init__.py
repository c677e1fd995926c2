"""The templates a room opens from, one module each: its purpose, colleges and seats."""

import sys
from collections.abc import Mapping
from typing import NamedTuple, Protocol, cast

from ..errors import RuleBroken
from ..kinds import discover


class StarterSeat(NamedTuple):
    """A seat already there when the room opens; its title is an English msgid."""

    kind: str
    title: str


class RoomTemplate(Protocol):
    """What a module of this package provides; its words are English msgids."""

    LABEL: str
    DESCRIPTION: str
    PURPOSE: str
    COLLEGES: Mapping[str, int]
    SEATS: tuple[StarterSeat, ...]
    ORDER: int


TEMPLATES = cast(Mapping[str, RoomTemplate], discover(sys.modules[__name__]))


def in_order() -> list[tuple[str, RoomTemplate]]:
    """Return the templates as the console offers them, the lightest first."""
    return sorted(TEMPLATES.items(), key=lambda named: (named[1].ORDER, named[0]))


def template(raw: object) -> RoomTemplate | None:
    """Return the template of this name, None for an empty room, or raise template-unknown."""
    if raw in (None, ""):
        return None
    if not isinstance(raw, str) or raw not in TEMPLATES:
        raise RuleBroken("template-unknown")
    return TEMPLATES[raw]
