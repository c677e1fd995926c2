"""Tags: names that differ only to a machine are one, and people tag enough before it proposes."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain import reading_tags as rules
from consult.domain.errors import RuleBroken


@pytest.mark.parametrize("other", ["gares", "GARES", "  Gàres ", "gare\u0301s"])
def test_case_accents_and_spaces_make_no_other_tag(other):
    assert rules.folded(rules.name(other)) == rules.folded("Gares")


def test_what_is_another_word_is_another_tag():
    assert rules.folded("Cœur de ville") == rules.folded("coeur  de VILLE")
    assert rules.folded("C++") != rules.folded("C")
    assert rules.folded("\u0301") == "\u0301", "accents alone are kept"


@given(st.text(max_size=90))
@settings(max_examples=60)
def test_any_name_is_refused_or_fits_its_columns(typed):
    with contextlib.suppress(RuleBroken):
        name = rules.name(typed)
        assert 0 < len(name) <= rules.NAME_LIMIT and 0 < len(rules.folded(name)) <= 320


@pytest.mark.parametrize(
    ("tagged", "left", "code"),
    [
        ({}, {"texts": 100, "tags": 2}, "tag-more-texts"),
        ({"a": 53, "b": 10}, {"texts": 37}, "tag-more-texts"),
        ({"a": 95, "b": 9}, {"tags": 1}, "tag-more-tags"),
        ({"a": 90, "b": 10}, {}, ""),
    ],
)
def test_what_people_have_yet_to_tag_is_said(tagged, left, code):
    assert rules.missing(tagged) == left
    if not code:
        rules.check_ready(tagged)
        return
    with pytest.raises(RuleBroken, match=code) as refused:
        rules.check_ready(tagged)
    assert refused.value.status == 409
