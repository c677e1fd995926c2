import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import stances
from consult.domain.errors import RuleBroken

counts = st.integers(0, 10**6)


def test_reads_words_and_nothing_else():
    assert [stances.read(word) for word in stances.STANCES] == ["agree", "mixed", "disagree"]
    assert stances.read(None) is stances.read("") is None
    for bad in ("yes", "AGREE", 1, True, ["agree"], {}):
        with pytest.raises(RuleBroken, match="stance-unknown"):
            stances.read(bad)
    assert {stances.WORDS[code]: code for code in (1, 0, -1)} == stances.CODES


def test_no_opinion_is_no_score():
    assert stances.wilson(0, 0, 0) == 0
    assert stances.wilson(0, 3, 9) == 0
    assert stances.interval(0, 0, 0) == (0, 1)
    low, high = stances.interval(0, 3, 9)
    assert low < 1e-9 and 0.2 < high < 0.3


@given(agree=counts, mixed=counts, disagree=counts)
def test_the_bound_lies_below_the_share(agree, mixed, disagree):
    bound = stances.wilson(agree, mixed, disagree)
    total = agree + mixed + disagree
    assert 0 <= bound <= (agree / total if total else 0) + 1e-12
    assert bound == stances.wilson(agree, disagree, mixed)
    assert stances.wilson(agree + 1, mixed, disagree) >= bound


@pytest.mark.realdata
def test_published_and_computed_cases(shared):
    cases = json.loads((shared / "cases/votes.json").read_text("utf-8"))
    checked = 0
    for case in cases:
        if case["method"] == "wilson_lower_95":
            score = stances.wilson(case["positive"], 0, case["total"] - case["positive"])
            assert score == pytest.approx(case["value"], abs=1e-8)
        elif case["method"] == "three_level_tally":
            score = stances.wilson(case["agree"], case["mixed"], case["disagree"])
            assert score == pytest.approx(case["wilson_agree"], abs=1e-8)
        else:
            continue
        checked += 1
    assert checked == 18
