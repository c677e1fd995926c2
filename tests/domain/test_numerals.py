import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import numerals
from consult.domain.errors import RuleBroken


@given(st.integers(1, 3999))
def test_there_and_back(number):
    assert numerals.from_roman(numerals.to_roman(number).lower()) == number


@pytest.mark.parametrize("bad", ["", "IIII", "IVI", "ABC", "VX", "III "])
def test_only_well_formed_numerals(bad):
    with pytest.raises(RuleBroken, match="numeral-unreadable"):
        numerals.from_roman(bad)


@pytest.mark.parametrize("bad", [0, 4000, -1])
def test_only_from_1_to_3999(bad):
    with pytest.raises(RuleBroken, match="numeral-unreadable"):
        numerals.to_roman(bad)


@pytest.mark.parametrize(
    ("label", "number"),
    [("III", 3), ("4", 4), ("B", 2), ("I.", 1), ("iv -", 4), ("C", 3), ("X", 10), (" 12) ", 12)],
)
def test_the_number_of_a_theme(label, number):
    assert numerals.theme_number(label) == number


@pytest.mark.parametrize("bad", ["", "0", "٣", "Thème", "12345", "é"])
def test_a_label_without_number(bad):
    with pytest.raises(RuleBroken, match="numeral-unreadable"):
        numerals.theme_number(bad)
