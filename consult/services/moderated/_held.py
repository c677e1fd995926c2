"""A text held to be decided about, and a move from one state to another."""

from dataclasses import dataclass
from datetime import datetime
from types import ModuleType
from typing import Any, NamedTuple


class Held(NamedTuple):
    """A text to decide about, the role it is decided in, the room of its place, its family."""

    item: Any
    role: str
    room_id: str | None
    family: ModuleType


@dataclass(frozen=True)
class Move:
    """A text that goes from a state to another with a reason, if it still is what was read."""

    was: str
    becomes: str
    reason: str
    published_at: datetime | None = None
    conditions: tuple[Any, ...] = ()
