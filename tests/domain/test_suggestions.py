"""What people make of suggested themes, and how one is known again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import suggestions
from consult.domain.errors import RuleBroken


def test_a_name_is_what_was_typed_or_the_first_words():
    assert suggestions.name("  Les\ntrains ", ["gare"]) == "Les trains"
    assert suggestions.name("", ["gare", "quai", "rail", "billet"]) == "gare, quai, rail"
    with pytest.raises(RuleBroken, match="suggestion-unnamed"):
        suggestions.name(None, [])


def test_half_of_the_texts_make_it_the_same():
    before = {"a": "1234", "b": "56"}
    assert suggestions.known_again(before, ["5", "123", "9"]) == {0: "b", 1: "a"}
    assert suggestions.known_again(before, ["178", "12", "1234"]) == {2: "a"}
    assert suggestions.known_again({}, ["1"]) == {}


def test_what_was_dropped_is_known_by_half_of_its_terms():
    assert suggestions.was_dropped(["gare", "quai"], [["quai", "gare", "rail"]])
    assert not suggestions.was_dropped(["gare", "quai"], [["quai", "lit", "soin", "rail", "vol"]])
    assert not suggestions.was_dropped(["gare"], [[]])


@given(
    st.dictionaries(st.text(max_size=2), st.sets(st.integers(0, 9)), max_size=4),
    st.lists(st.sets(st.integers(0, 9)), max_size=4),
)
def test_none_is_told_twice(before, now):
    told = suggestions.known_again(before, now)
    assert len(set(told.values())) == len(told)
    assert all(before[key] & now[place] for place, key in told.items())
