import pytest

from consult.domain.errors import RuleBroken
from consult.domain.rule_comparison import MOST_PROJECTS, compared
from consult.domain.sharing import RULES


def test_every_rule_shares_the_whole_envelope_and_the_payable_ones_come_first():
    asked = [400_000, 350_000, 200_000, 900_000]
    found = compared(1_000_001, asked)
    assert list(found)[:2] == ["equal_awards", "proportional"] and set(found) == set(RULES)
    for awards in found.values():
        assert sum(awards) == 1_000_001
        assert all(0 <= award <= most for award, most in zip(awards, asked, strict=True))
    assert len({tuple(awards) for awards in found.values()}) > 5


@pytest.mark.parametrize("asked", [[], [100] * (MOST_PROJECTS + 1)])
def test_too_few_or_too_many_projects_are_refused(asked):
    with pytest.raises(RuleBroken, match="comparison"):
        compared(500, asked)
