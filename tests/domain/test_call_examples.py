"""What made-up projects would receive: the real rule, exact sums."""

from hypothesis import given
from hypothesis import strategies as st

from consult.domain import call_examples
from consult.domain.call_terms import Bounds


def test_five_are_served_ten_ask_for_all_of_it_twenty_share():
    five, ten, twenty = call_examples.examples([4_000_000], Bounds())
    assert (five.asked, five.awarded, five.left) == (2_000_000, 2_000_000, 2_000_000)
    assert (ten.asked, ten.left) == (4_000_000, 0)
    assert (twenty.awarded, twenty.left) == (4_000_000, 0)
    assert twenty.rows[0] == (160_000, 160_000)
    assert twenty.rows[4] < (720_000, 300_000)


def test_the_bounds_of_the_call_hold_in_its_example():
    bounds = Bounds("proportional", cap_cents=230_000, cap_share=5_000)
    rows = call_examples.example([4_000_000], bounds, 20).rows
    assert all(award <= 230_000 and award <= asked * 100 // 80 // 2 for asked, award in rows)


amounts = st.lists(st.integers(0, 10**13), min_size=1, max_size=4)


@given(amounts, st.sampled_from(call_examples.NUMBERS), st.integers(0, 10**6))
def test_the_sum_is_exact_and_nobody_is_above_their_request(given_, number, floor):
    found = call_examples.example(given_, Bounds(floor_cents=floor), number)
    assert found.awarded + found.left == sum(given_)
    assert all(0 <= award <= asked for asked, award in found.rows)
    assert found.left >= 0
