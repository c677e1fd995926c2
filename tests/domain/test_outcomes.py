import pytest

from consult.domain import outcomes
from consult.domain.errors import RuleBroken


@pytest.mark.parametrize("verdict", outcomes.VERDICTS)
def test_each_verdict_is_read_and_has_a_label(verdict):
    assert outcomes.read(verdict) == verdict
    assert outcomes.LABELS[verdict]


@pytest.mark.parametrize("raw", [None, "", "KEPT", 1, ["kept"]])
def test_anything_else_is_refused(raw):
    with pytest.raises(RuleBroken) as refused:
        outcomes.read(raw)
    assert (refused.value.code, refused.value.status) == ("verdict-unknown", 422)


def test_the_verdicts_are_those_of_the_table():
    from consult.models import Outcome

    rule = next(c for c in Outcome.__table__.constraints if "verdict" in str(c.name))
    assert all(f"'{verdict}'" in str(rule.sqltext) for verdict in outcomes.VERDICTS)
