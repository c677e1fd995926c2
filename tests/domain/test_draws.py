"""Drawing by lot: the same for the same number, fair over many."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from consult.domain import draws


@given(st.lists(st.text(max_size=5)), st.integers(), st.integers(0, 9))
def test_a_draw_can_be_done_again_whatever_the_order(keys, seed, number):
    keys = [key.encode("utf-8", "replace").decode() for key in keys]
    found = draws.drawn(keys, seed, number)
    assert found == draws.drawn(keys[::-1], seed, number)
    assert len(found) == len(set(found)) == min(number, len(set(keys)))
    assert set(found) <= set(keys)


def test_each_has_its_chance():
    keys = "abcdefgh"
    times = Counter(key for seed in range(800) for key in draws.drawn(keys, seed, 2))
    assert all(150 < times[key] < 250 for key in keys)
