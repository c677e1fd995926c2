"""The code of a receipt is long, read back however it is typed, and told by its mark alone."""

from random import Random

import pytest

from consult.domain import receipts
from consult.domain.errors import RuleBroken


def test_a_code_is_read_back_however_it_is_typed():
    code = receipts.new_code(Random(1))
    assert len(code) == 19 and code.count("-") == 3
    for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        assert receipts.normalise(typed) == code


@pytest.mark.parametrize(
    "typed", ["", None, 5, "A" * 15, "A" * 17, "O" * 16, "A" * 10_000, "\x00" * 16]
)
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(RuleBroken, match="receipt-unreadable"):
        receipts.normalise(typed)


def test_the_mark_hangs_on_the_vote_and_the_code():
    code, other = receipts.new_code(Random(1)), receipts.new_code(Random(2))
    assert receipts.mark("a", code) == receipts.mark("a", code)
    assert len({receipts.mark("a", code), receipts.mark("b", code), receipts.mark("a", other)}) == 3
