import math
from random import Random, SystemRandom

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import access_codes, tracking
from consult.domain.errors import RuleBroken

codes = st.integers().map(lambda seed: access_codes.new_code(Random(seed)))


def unknown(raw):
    with pytest.raises(RuleBroken) as broken:
        access_codes.normalise(raw)
    assert (broken.value.code, broken.value.status) == ("access-code-unknown", 422)


def test_cannot_be_guessed_and_is_read_aloud_in_four_groups():
    groups = access_codes.new_code(SystemRandom()).split("-")
    assert [len(group) for group in groups] == [4, 4, 4, 4]
    assert not set("01OIL") & set(tracking.ALPHABET)
    assert 15 * math.log2(len(tracking.ALPHABET)) >= 60


@given(code=codes)
def test_comes_back_however_it_is_typed(code):
    for typed in (code.lower(), code.replace("-", " "), code.replace("-", ""), f" {code}\u00a0"):
        assert access_codes.normalise(typed) == code


@given(code=codes, data=st.data())
def test_a_slip_is_unknown(code, data):
    place = data.draw(st.sampled_from([i for i, letter in enumerate(code) if letter != "-"]))
    others = [letter for letter in "01OIL" + tracking.ALPHABET if letter != code[place]]
    unknown(code[:place] + data.draw(st.sampled_from(others)) + code[place + 1 :])


@pytest.mark.parametrize("raw", [None, 7, "", "GE-7K4M2-P9XQ4", "A" * 101, "\x00" * 16, "é" * 16])
def test_anything_else_is_unknown(raw):
    unknown(raw)
