"""All that could be tried on a matter at three levels, and what of it the rules let through."""

from itertools import product

from consult.domain import matters
from consult.domain.errors import RuleBroken
from consult.domain.matters import table

ABOVE = {"l1": "h1", "l2": "h1", "l3": "h1", "h1": "n", "h2": "n", "h3": "n", "n": None}
SIBLINGS = {"l1": ("l2", "l3"), "h1": ("h2", "h3"), "n": ()}


def tries(state):
    """Every event of this stage by whoever could mean it, with reasons."""
    above = ABOVE[state.room]
    rooms = {
        table.HOLDER: [state.room],
        table.ORIGIN: [state.origin],
        table.ANOTHER: SIBLINGS[state.room],
        table.OWED: sorted(state.owed),
        table.AUTHOR: [None],
        table.SYSTEM: [None],
        table.CLOCK: [None],
    }
    rows = [row for row in table.MOVES if state.stage in row.stages]
    for name, by in sorted({(row.event, row.by) for row in rows}):
        outcomes = [None]
        if name in ("decide", "settle_below"):
            outcomes = ["adopted", "rejected"]
        elif name == "answer_joined":
            outcomes = ["adopted"]
        for room, outcome in product(rooms[by], outcomes):
            yield matters.Event(
                "", name, by, room, above=above, reasons="Parce que", outcome=outcome,
                with_matter="m2",
            )  # fmt: skip


def choices(state):
    """The events that the rules let through."""
    found = []
    for event in tries(state):
        try:
            matters.apply(event, state)
        except RuleBroken:
            continue
        found.append(event)
    return found
