"""Where a matter stands, and what happened to it: plain values, rebuilt from the events."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from . import table


@dataclass(frozen=True)
class Backer:
    """A room that carries a matter too: since which place, and under the same room or not."""

    room: str
    place: int
    is_sibling: bool = True


@dataclass(frozen=True)
class State:
    """Where a matter stands.

    `line` names the rooms that have held it, from the one where it began; `place` says which of
    them holds it now. `version` counts the events.
    """

    line: tuple[str, ...]
    place: int = 0
    stage: str = table.DRAFT
    backers: frozenset[Backer] = frozenset()
    returned: frozenset[int] = frozenset()  # the places that have sent it back
    asked: bool = False
    reminded: bool = False
    appealed: bool = False
    outcome: str | None = None
    owed: frozenset[str] = frozenset()  # the rooms that have not acknowledged the answer
    version: int = 0

    @property
    def room(self) -> str:
        """The room that holds it."""
        return self.line[self.place]

    @property
    def origin(self) -> str:
        """The room where it began."""
        return self.line[0]

    @property
    def is_over(self) -> bool:
        """Whether nothing can happen to it any more."""
        return self.stage in table.ENDED

    def siblings(self) -> int:
        """Return how many rooms below the same room as the holder carry it beside the holder."""
        return sum(one.is_sibling and one.place == self.place for one in self.backers)


def begin(room: str, *, asked: bool = False) -> State:
    """Return the state of a matter that somebody begins in a room."""
    return State((room,), asked=asked)


def taken_up(state: State) -> State:
    """Return the state once the room has taken up what waits for it; others stay as they are."""
    return replace(state, stage=table.REVIEW) if state.stage == table.PENDING else state


@dataclass(frozen=True)
class Event:
    """Something that happens to a matter.

    `by` is who does it, in the words of the table; `room` the room they act for; `above` the room
    above the holder now, if any. `needed` is how many rooms make it go up by themselves.
    """

    id: str
    name: str
    by: str
    room: str | None = None
    above: str | None = None
    reasons: str = ""
    outcome: str | None = None
    is_sibling: bool = True
    needed: int = 2
    with_matter: str | None = None

    def as_facts(self) -> dict[str, Any]:
        """Return what the state depends on, to be stored and read back."""
        return {name: getattr(self, name) for name in FACTS}


FACTS = ("by", "above", "outcome", "is_sibling", "needed", "with_matter")


def event(id: str, name: str, room: str | None, reasons: str, facts: Mapping[str, Any]) -> Event:
    """Rebuild an event from what was stored."""
    return Event(id=id, name=name, room=room, reasons=reasons, **{n: facts[n] for n in FACTS})
