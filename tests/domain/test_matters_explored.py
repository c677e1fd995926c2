"""Every state that a matter can reach at three levels: k = 2, one return a level, one appeal."""

from collections import defaultdict
from dataclasses import replace
from functools import cache

import pytest

from consult.domain import matters
from consult.domain.errors import RuleBroken
from consult.domain.matters import delays, table
from tests.domain.walks import choices

BEGINNINGS = [matters.begin("l1", asked=asked) for asked in (False, True)]
MOST_EVENTS = 35
MOST_CLOCK_EVENTS = 12


def plain(state):
    return replace(state, version=0)


@pytest.fixture(scope="module")
def graph():
    """The edges of each state: (event, the state it leads to)."""
    found, waiting = {}, list(BEGINNINGS)
    while waiting:
        state = waiting.pop()
        if state in found:
            continue
        found[state] = [(e, plain(matters.apply(e, state))) for e in choices(state)]
        waiting += [after for _event, after in found[state]]
    return found


def test_there_is_no_deadlock(graph):
    stuck = [state for state, edges in graph.items() if not edges and not state.is_over]
    assert not stuck
    assert not [state for state, edges in graph.items() if edges and state.is_over]
    assert len(graph) > 5_000


def test_every_matter_ends(graph):
    """No way leads back to where it was, and the longest one is short."""
    order, marks = [], dict.fromkeys(BEGINNINGS, "open")
    stack = [(state, iter(graph[state])) for state in BEGINNINGS]
    while stack:
        state, edges = stack[-1]
        for _event, after in edges:
            assert marks.get(after) != "open", "a matter comes back to where it was"
            if after not in marks:
                marks[after] = "open"
                stack.append((after, iter(graph[after])))
                break
        else:
            marks[state] = "done"
            order.append(state)
            stack.pop()
    longest = defaultdict(int)
    for state in order:
        longest[state] = max((1 + longest[after] for _e, after in graph[state]), default=0)
    assert max(longest[state] for state in BEGINNINGS) <= MOST_EVENTS


def test_it_closes_by_itself_when_everybody_is_silent(graph):
    """From any state but an unasked draft, the clock and what follows at once are enough."""

    @cache
    def left(state):
        if state.is_over:
            return 0
        by = {e.name: after for e, after in graph[state]}
        at_once = [row.event for row in table.MOVES if row.by == table.SYSTEM]
        for name in at_once:
            if name in by:
                return left(by[name])
        silent = [name for name in delays.SILENCES[state.stage] if name in by]
        assert silent, state
        return 1 + left(by[silent[0]])

    waiting = [state for state in graph if state.stage != "draft" or state.asked]
    assert max(left(state) for state in waiting) <= MOST_CLOCK_EVENTS


def test_nothing_is_pulled_up_from_above_and_levels_are_passed_one_by_one(graph):
    rank = {"l": 0, "h": 1, "n": 2}
    for state, edges in graph.items():
        for event, after in edges:
            step = rank[after.room[0]] - rank[state.room[0]]
            assert abs(step) <= 1
            if step == 1:
                assert event.by in (table.HOLDER, table.ORIGIN, table.SYSTEM, table.CLOCK)
                if event.room is not None:
                    assert rank[event.room[0]] <= rank[state.room[0]]
            if after.room == "n":
                assert after.line == ("l1", "h1", "n")


def test_reasons_are_always_there_where_the_table_wants_them(graph):
    wanted = {row.event for row in table.MOVES if row.reasons}
    assert {"relay", "return_down", "resubmit", "settle_below", "decide", "appeal"} <= wanted
    for state in list(graph)[::7]:
        for event, _after in graph[state]:
            if event.name in wanted:
                with pytest.raises(RuleBroken, match="matter-reasons-missing"):
                    matters.apply(replace(event, reasons=""), state)


def test_what_is_over_has_its_answer_and_owes_nothing(graph):
    for state in graph:
        assert len(state.returned) <= 2
        if state.stage == "closed":
            assert state.outcome in table.OUTCOMES and not state.owed
        if state.stage in ("open", "pending", "review", "returned", "withdrawn"):
            assert state.outcome is None and not state.owed
