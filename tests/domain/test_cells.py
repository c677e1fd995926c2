"""Cells: no formula for a spreadsheet, and the text is found again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.cells import recovered, safe

texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=60)
RISKY = ["=1+1", "+33", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", '"=1', "\uff1d1", "'=1", "\n-"]


@given(texts)
def test_a_cell_gives_its_text_back_and_is_no_formula(text):
    assert recovered(safe(text)) == text
    assert not safe(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("text", RISKY)
def test_a_risky_text_is_written_after_an_apostrophe(text):
    assert safe(text) == f"'{text}"


@given(st.text("abcé«1 ", min_size=1))
def test_an_ordinary_text_is_written_as_it_is(text):
    assert safe(text) == text
