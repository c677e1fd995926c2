"""Apply an event to a state: the table decides, everything else is refused."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from ..errors import RuleBroken
from . import table
from .states import Backer, Event, State

Condition = Callable[[State, Event], bool]


def _is_wanted(state: State, _event: Event) -> bool:
    """Tell whether somebody else asks for an answer: what came up is asked for from below."""
    return bool(state.backers) or state.asked or state.place > 0


def _above(state: State, event: Event) -> str | None:
    """Return the room above the holder: where it came back from, else the one above today.

    When rooms were moved, one that has held the matter may stand above: it does not go up twice.
    """
    if state.place + 1 < len(state.line):
        return state.line[state.place + 1]
    return None if event.above in state.line else event.above


def _may_appeal(state: State, event: Event) -> bool:
    rejected = state.outcome == table.REJECTED and not state.appealed
    return rejected and _above(state, event) is not None


CONDITIONS: dict[str, Condition] = {
    "is_below": lambda state, event: _above(state, event) is not None,
    "is_top": lambda state, event: _above(state, event) is None,
    "came_up": lambda state, _event: state.place > 0,
    "not_returned": lambda state, _event: state.place not in state.returned,
    "not_backed": lambda state, event: (
        event.room not in state.line and event.room not in {one.room for one in state.backers}
    ),
    "alone": lambda state, _event: not state.backers and len(state.line) == 1,
    "enough": lambda state, event: state.siblings() >= event.needed,
    "requested": lambda state, _event: state.asked,
    "not_asked": lambda state, _event: not state.asked,
    "not_reminded": lambda state, _event: not state.reminded,
    "reminded": lambda state, _event: state.reminded,
    "wanted": _is_wanted,
    "unwanted": lambda state, event: not _is_wanted(state, event),
    "may_appeal": _may_appeal,
    "is_owed": lambda state, event: event.room in state.owed,
    "told": lambda state, event: not state.owed and not _may_appeal(state, event),
    "other": lambda _state, event: bool(event.with_matter),
    "same_answer": lambda _state, event: event.outcome in table.OUTCOMES,
}


def apply(event: Event, state: State) -> State:
    """Return the state after an event.

    Raises matter-move-unknown (409) for what the table does not hold, matter-not-yours (403) for
    an act of somebody else, matter-reasons-missing, and matter-outcome-unknown.
    """
    rows = [row for row in table.MOVES if row.event == event.name and state.stage in row.stages]
    if not rows:
        raise RuleBroken("matter-move-unknown", 409)
    if event.by != rows[0].by or not _is_theirs(event, state):
        raise RuleBroken("matter-not-yours", 403)
    for row in rows:
        if all(CONDITIONS[name](state, event) for name in row.when):
            return _moved(row, event, state)
    raise RuleBroken("matter-move-unknown", 409)


def replay(start: State, events: Iterable[Event]) -> State:
    """Return the state that events lead to; an event that comes again changes nothing."""
    seen: set[str] = set()
    for event in events:
        if event.id not in seen:
            seen.add(event.id)
            start = apply(event, start)
    return start


def offered(state: State, event: Event) -> Sequence[table.Move]:
    """Return the moves that one could make now, by anyone; the event gives room and rooms above.

    Reasons and outcomes are not asked for yet: whoever acts gives them.
    """
    found = [row for row in table.MOVES if state.stage in row.stages]
    return [row for row in found if all(CONDITIONS[name](state, event) for name in row.when)]


def _is_theirs(event: Event, state: State) -> bool:
    """Tell whether the room that acts is the one that the table means."""
    if event.by == table.HOLDER:
        return event.room == state.room
    if event.by == table.ORIGIN:
        return event.room == state.origin
    if event.by in (table.SYSTEM, table.CLOCK):
        return event.room is None
    if event.by == table.ANOTHER:
        return event.room is not None and event.room != state.room
    return True


def _moved(row: table.Move, event: Event, state: State) -> State:
    if row.reasons and not event.reasons.strip():
        raise RuleBroken("matter-reasons-missing")
    state = replace(state, version=state.version + 1)
    if row.step:
        state = _stepped(row, event, state)
    if row.to == table.DECIDED:
        state = _answered(row, event, state)
    elif row.to is not None:
        state = replace(state, stage=row.to)
    return EFFECTS.get(row.event, _unchanged)(state, event)


def _stepped(row: table.Move, event: Event, state: State) -> State:
    """Pass the matter one level up or down; a room that answers to it begins afresh."""
    line, place = state.line, state.place + row.step
    if place == len(line):
        line = (*line, str(event.above))
    return replace(state, line=line, place=place, reminded=False)


def _answered(row: table.Move, event: Event, state: State) -> State:
    outcome = table.LAPSED if row.event == "timeout_lapse" else event.outcome
    if row.by == table.HOLDER and outcome not in table.CHOSEN:
        raise RuleBroken("matter-outcome-unknown")
    owed = frozenset(state.line) - {state.room}
    if row.event == "answer_joined":
        owed = frozenset(state.line)
        # A joined matter got its answer with the other one: it has no appeal of its own.
        state = replace(state, appealed=True)
    return replace(state, stage=table.DECIDED, outcome=outcome, owed=owed)


def _unchanged(state: State, _event: Event) -> State:
    return state


def _backed(state: State, event: Event) -> State:
    backer = Backer(str(event.room), state.place, event.is_sibling)
    return replace(state, backers=state.backers | {backer})


def _returned(state: State, _event: Event) -> State:
    return replace(state, returned=state.returned | {state.place + 1})


EFFECTS: dict[str, Callable[[State, Event], State]] = {
    # The delay of an open matter begins, whatever was said while it was asked for.
    "publish": lambda state, _event: replace(state, reminded=False),
    "endorse": _backed,
    "ask": lambda state, _event: replace(state, asked=True),
    "remind": lambda state, _event: replace(state, reminded=True),
    "return_down": _returned,
    "appeal": lambda state, _event: replace(state, appealed=True, outcome=None, owed=frozenset()),
    "acknowledge": lambda state, event: replace(state, owed=state.owed - {str(event.room)}),
    "timeout_ack": lambda state, _event: replace(state, owed=frozenset()),
}
