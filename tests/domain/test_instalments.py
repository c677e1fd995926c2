"""An award in several parts: exact to the cent, the same every time, never negative."""

from hypothesis import given
from hypothesis import strategies as st

from consult.domain import instalments

CENTS = st.integers(0, 10**15)
SHARES = st.lists(st.integers(1, 10_000), max_size=8)


def test_parts_are_cut_down_and_the_odd_cents_come_last():
    assert instalments.cut(100, []) == [100]
    assert instalments.cut(100_001, [8_000, 2_000]) == [80_000, 20_001]
    assert instalments.cut(1, [3_333, 3_333, 3_334]) == [0, 0, 1]


@given(CENTS, SHARES)
def test_the_parts_come_to_the_award_and_follow_the_shares(cents, shares):
    parts = instalments.cut(cents, shares)
    assert sum(parts) == cents and min(parts) >= 0
    assert len(parts) == max(1, len(shares))
    for part, share in zip(parts, shares, strict=False):
        assert abs(part * sum(shares) - cents * share) < sum(shares)


def test_what_is_due_once_something_was_paid():
    assert instalments.due([80, 20], {}) == ([80, 20], 0)
    assert instalments.due([80, 20], {1: 80}) == ([0, 20], 0)
    assert instalments.due([40, 10], {1: 80}) == ([0, 0], 30)
    assert instalments.due([80, 20], {2: 50}) == ([50, 0], 0)
    assert instalments.due([80, 20], {1: 90}) == ([0, 10], 0)
    assert instalments.due([100], {1: 80, 2: 15}) == ([5], 0)


@given(CENTS, SHARES, st.dictionaries(st.integers(1, 10), CENTS, max_size=5))
def test_the_dues_are_the_whole_less_what_was_settled_and_never_negative(cents, shares, settled):
    parts = instalments.cut(cents, shares)
    dues, over = instalments.due(parts, settled)
    paid = sum(settled.values())
    assert all(0 <= due <= part for due, part in zip(dues, parts, strict=True))
    assert sum(dues) == max(0, cents - paid)
    assert over == max(0, paid - cents)
    again = instalments.due(
        parts,
        {n: settled.get(n, 0) + dues[n - 1] for n in range(1, len(dues) + 1)}
        | {n: v for n, v in settled.items() if n > len(dues)},
    )
    assert again == ([0] * len(dues), over)


def test_what_one_envelope_paid_too_much_is_taken_off_the_others():
    assert instalments.across([50, -50, 20]) == ([0, 0, 20], 0)
    assert instalments.across([-50, 20]) == ([0, 0], 30)
    assert instalments.across([]) == ([], 0)
    given, paid = {("x", "a"): 100}, {("x", "a"): {1: 50}, ("x", "b"): {1: 50}}
    assert instalments.dues({*given, *paid}, given, paid, []) == (
        {("x", "a"): [0], ("x", "b"): [0]},
        {},
    )


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("xyz"), st.sampled_from("abc")),
        st.tuples(CENTS, st.dictionaries(st.integers(1, 3), CENTS, max_size=3)),
        max_size=6,
    ),
    SHARES,
)
def test_nobody_is_paid_more_in_all_than_they_are_given(places, shares):
    given = {place: cents for place, (cents, _paid) in places.items()}
    settled = {place: paid for place, (_cents, paid) in places.items()}
    dues, over = instalments.dues(places, given, settled, shares)
    for project in {place[0] for place in places}:
        mine = [place for place in places if place[0] == project]
        whole = sum(given[place] for place in mine)
        paid = sum(sum(settled[place].values()) for place in mine)
        due = sum(sum(dues[place]) for place in mine)
        assert due == max(0, whole - paid) and over.get(project, 0) == max(0, paid - whole)
    assert all(cents >= 0 for parts in dues.values() for cents in parts)
