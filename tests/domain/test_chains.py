from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from consult.domain import chains

START = datetime(2026, 1, 1, tzinfo=UTC)
NAMES = st.sampled_from("abcdefghijklmn")


def step(email, by, at=0):
    return SimpleNamespace(email=email, inviter_email=by, used_at=START + timedelta(hours=at))


def shape(people):
    return {one.email: shape(one.invited) for one in people}


def test_each_stands_once_under_who_first_invited_them():
    found = chains.trees(
        [step("c", "a", 9), step("b", "a", 1), step("c", "b", 2), step("d", None, 3)]
    )
    assert shape(found) == {"a": {"b": {"c": {}}}, "d": {}}
    c = found[0].invited[0].invited[0]
    assert [one.inviter_email for one in c.steps] == ["a", "b"]
    assert chains.trees([]) == []


def test_who_invited_each_other_do_not_turn_forever():
    assert shape(chains.trees([step("b", "a", 1), step("a", "b", 2)])) == {"a": {"b": {}}}
    assert shape(chains.trees([step("a", "a", 1)])) == {"a": {}}


def test_a_long_chain_is_not_drawn_deeper_than_the_page_is_wide():
    steps = [step(f"p{n:03}", f"p{n - 1:03}", n) for n in range(1, 400)]
    found, depth = chains.trees(steps), 0
    assert chains.count(found) == 400
    while found:
        depth, found = depth + 1, [one for person in found for one in person.invited]
    assert depth == chains.DEEPEST


@given(st.lists(st.tuples(NAMES, st.none() | NAMES, st.integers(0, 50)), max_size=40))
def test_everyone_is_there_once_whatever_the_order(rows):
    found = chains.trees([step(*row) for row in rows])
    people = {name for row in rows for name in row[:2] if name}
    assert chains.count(found) == len(people)
