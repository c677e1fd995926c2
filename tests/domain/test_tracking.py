from random import Random, SystemRandom

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import tracking
from consult.domain.errors import RuleBroken

numbers = st.builds(
    lambda prefix, seed: tracking.new_number(prefix, Random(seed)),
    st.sampled_from(["GE", "", "Co-21", "abcdefgh", "OIL01"]),
    st.integers(),
)


def unknown(raw):
    with pytest.raises(RuleBroken) as broken:
        tracking.normalise(raw)
    assert (broken.value.code, broken.value.status) == ("tracking-number-unknown", 404)


def test_looks_as_it_is_read_aloud():
    head, first, second = tracking.new_number("ge", SystemRandom()).split("-")
    assert (head, len(first), len(second)) == ("GE", 5, 5)
    assert not set("01OIL") & set(tracking.ALPHABET)
    assert len(tracking.ALPHABET) == 31


@given(number=numbers)
def test_comes_back_however_it_is_typed(number):
    assert len(number) <= 20
    for typed in (
        number,
        number.lower(),
        number.replace("-", " "),
        f" {number}\u00a0",
        number.replace("-", "–"),
    ):
        assert tracking.normalise(typed) == number


@given(number=numbers, data=st.data())
def test_a_slip_is_unknown(number, data):
    place = data.draw(st.sampled_from([i for i, letter in enumerate(number) if letter != "-"]))
    other = data.draw(
        st.sampled_from([x for x in "01OIL" + tracking.ALPHABET if x != number[place]])
    )
    unknown(number[:place] + other + number[place + 1 :])


@given(number=numbers, data=st.data())
def test_a_swap_is_unknown(number, data):
    letters = number.replace("-", "")
    place = data.draw(st.integers(0, len(letters) - 2))
    swapped = letters[:place] + letters[place + 1] + letters[place] + letters[place + 2 :]
    if swapped != letters:
        unknown(swapped)


@pytest.mark.parametrize(
    "raw", [None, 7, "", "GE", "é" * 12, "A" * 101, "GE-7K4M2-P9XQ", "\x00" * 12]
)
def test_anything_else_is_unknown(raw):
    unknown(raw)
