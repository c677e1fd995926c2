import pytest

from consult.domain import in_kind
from consult.domain.errors import RuleBroken


@pytest.mark.parametrize(("typed", "number"), [("", 1), (None, 1), (" ", 1), (" 12 ", 12)])
def test_how_many(typed, number):
    assert in_kind.quantity(typed) == number


@pytest.mark.parametrize("typed", ["0", "-1", "1,5", "１", "9999999", "12345678", ["1"], "x"])
def test_what_is_no_number_of_things_is_refused(typed):
    with pytest.raises(RuleBroken) as broken:
        in_kind.quantity(typed)
    assert broken.value.code == "quantity-number"
