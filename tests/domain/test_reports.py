"""What a report must say, and what it may be answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import moderation, reports
from consult.domain.errors import RuleBroken

LEGAL = {
    "reason": "illegal",
    "name": "Ada",
    "email": "Ada@Exemple.fr",
    "good_faith": "1",
}


@pytest.mark.parametrize("reason", sorted(set(reports.REASONS) - {reports.ILLEGAL}))
def test_a_reason_is_enough(reason):
    assert reports.read({"reason": reason}) == reports.Notice(reason)


def test_illegal_content_asks_who_says_so():
    notice = reports.read(LEGAL | {"explanation": "  Une insulte.  "})
    assert notice == reports.Notice("illegal", "Une insulte.", "Ada", "ada@exemple.fr", True)
    for missing, code in (
        ("name", "report-name-missing"),
        ("email", "email-unreadable"),
        ("good_faith", "good-faith-missing"),
    ):
        with pytest.raises(RuleBroken, match=code):
            reports.read({key: value for key, value in LEGAL.items() if key != missing})


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, "report-reason-missing"),
        ({"reason": ""}, "report-reason-missing"),
        ({"reason": "dull"}, "report-reason-missing"),
        ({"reason": ["attack"]}, "report-reason-missing"),
        ({"reason": "attack", "explanation": "nul\x00"}, "text-unreadable"),
        ({"reason": "attack", "explanation": "a" * 3001}, "text-too-long"),
        ({"reason": "attack", "explanation": ["a"]}, "text-unreadable"),
        ({"reason": "attack", "name": "a" * 121}, "text-too-long"),
        ({"reason": "attack", "email": "ada"}, "email-unreadable"),
        ({"reason": "attack", "email": "\ud800@a.fr"}, "text-unreadable"),
    ],
)
def test_what_cannot_be_kept_is_refused(facts, code):
    with pytest.raises(RuleBroken, match=code):
        reports.read(facts)


VALUES = st.none() | st.text(max_size=40) | st.integers() | st.lists(st.text(), max_size=2)


@given(
    st.dictionaries(st.sampled_from(["reason", "explanation", "name", "email"]), VALUES),
    st.sampled_from(sorted(reports.REASONS)),
)
def test_any_form_is_a_notice_or_a_broken_rule(typed, reason):
    try:
        notice = reports.read({"reason": reason} | typed)
    except RuleBroken:
        return
    assert notice.reason in reports.REASONS
    assert notice.reason != reports.ILLEGAL or (notice.name and notice.email and notice.good_faith)


def test_each_outcome_has_its_words():
    assert reports.label("kept", "opinion") == moderation.KEPT_REASONS["opinion"]
    assert reports.label("hidden", "attack") == moderation.REASONS["attack"]
    assert reports.label("withdrawn", "") == ""
    assert not set(moderation.KEPT_REASONS) & set(moderation.REASONS)
