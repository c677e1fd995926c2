"""What every kind of question must respect: a module added to the family is tested here."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import questions
from consult.domain.errors import RuleBroken
from consult.domain.questions import QUESTION_KINDS

SETTINGS = {
    "choices": ["Rouge", "Vert", "Bleu"],
    "allow_other": True,
    "min": 1,
    "max": 3,
    "min_label": "Pas du tout",
    "max_label": "Tout à fait",
    "unit": "km",
}
EVERY = pytest.mark.parametrize("kind", QUESTION_KINDS.values(), ids=QUESTION_KINDS)

words = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "Rouge",
            "Vert",
            "Bleu",
            "Mauve",
            "~other",
            "1",
            "2",
            "3",
            "4",
            "-1",
            "2,5",
            "1e3",
        ]
        + ["٣", "NaN", "yes", "no", "a\r\nb", "x\x00", "\ud800", "http://a.fr/b", "javascript:a()"]
    ),
    st.text(max_size=12),
)
names = st.sampled_from(
    ["value", "detail", "rank-0", "rank-1", "rank-2", "rank-9", "value[]", "csrf_token"]
    + [f"{field}-{row}" for field in ("name", "place", "link") for row in (0, 1, 99)]
)
forms = st.dictionaries(names, st.lists(words, max_size=4), max_size=7)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | words
json_values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["other", "choice", "detail", "name", "place", "link", "x"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


def accepted(read, raw, options):
    try:
        return read(raw, options)
    except RuleBroken:
        return None


@EVERY
def test_has_a_label(kind):
    assert kind.LABEL


@EVERY
@given(raw=forms)
def test_a_form_is_read_whole_or_refused(kind, raw):
    options = kind.normalise_options(SETTINGS)
    value = accepted(kind.read, raw, options)
    if value is not None:
        check_value(kind, value, options)
        assert kind.read(kind.form_value(value, options), options) == value


@EVERY
@given(raw=json_values)
def test_what_the_api_sends_is_read_whole_or_refused(kind, raw):
    options = kind.normalise_options(SETTINGS)
    value = accepted(kind.read_json, raw, options)
    if value is not None:
        check_value(kind, value, options)


def check_value(kind, value, options):
    stored = json.loads(json.dumps(value))
    assert stored == value
    assert kind.read_json(stored, options) == value
    assert kind.as_text(value, options).strip()
    assert sum(count for _, count in kind.summarise([value], options)) >= 1


@EVERY
def test_nothing_typed_is_not_an_answer(kind):
    options = kind.normalise_options(SETTINGS)
    for raw in ({}, {"value": [""]}, {"value": [" \u200b "]}, {"value[]": ["Rouge"]}):
        with pytest.raises(RuleBroken) as broken:
            kind.read(raw, options)
        assert broken.value.code == "answer-empty"


@EVERY
def test_refuses_json_of_another_shape(kind):
    options = kind.normalise_options(SETTINGS)
    for raw in ({"x": 1}, [{"x": [1]}], object()):
        with pytest.raises(RuleBroken):
            kind.read_json(raw, options)


@EVERY
def test_settings_are_json_and_stable(kind):
    options = kind.normalise_options(SETTINGS)
    assert kind.normalise_options(json.loads(json.dumps(options))) == options


@EVERY
@given(
    raw=st.fixed_dictionaries(
        {},
        optional={
            "choices": st.text(alphabet="ab~\n", max_size=8) | st.lists(words) | st.integers(),
            "detail": words | st.none(),
            "decimals": words,
            "max_length": words,
            **{name: words | st.integers() for name in ("min", "max", "unit", "yes", "min_label")},
        },
    )
)
def test_any_setting_is_kept_or_refused(kind, raw):
    try:
        options = kind.normalise_options(raw)
    except RuleBroken:
        return
    assert kind.normalise_options(json.loads(json.dumps(options))) == options


def test_kind_is_found_by_name():
    assert questions.kind("long_text") is QUESTION_KINDS["long_text"]
    with pytest.raises(RuleBroken, match="question-kind-unknown"):
        questions.kind("_raw")
