"""What every template of consultation must respect: a new module is tested here."""

import pytest

from consult.domain import questions, templates
from consult.domain.errors import RuleBroken
from consult.domain.numerals import theme_number
from consult.domain.templates import FEATURES, TEMPLATES

EVERY = pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)


@EVERY
def test_says_what_it_is_and_what_it_turns_on(template):
    assert template.LABEL
    assert template.DESCRIPTION
    assert tuple(template.FEATURES) == FEATURES
    assert all(isinstance(on, bool) for on in template.FEATURES.values())


@EVERY
def test_starts_with_themes_and_questions_that_can_be_created(template):
    assert [theme_number(theme.label) for theme in template.STARTER] == [1]
    for theme in template.STARTER:
        assert theme.title
        for question in theme.questions:
            assert question.wording
            questions.kind(question.kind).normalise_options(question.options)


def test_only_the_law_argues_from_the_start():
    for feature in ("arguments", "sources", "amendments", "articles"):
        assert [name for name in TEMPLATES if TEMPLATES[name].FEATURES[feature]] == ["law"]


def test_by_name_and_in_order():
    assert [name for name, _ in templates.in_order()] == ["forum", "law", "questionnaire", "ideas"]
    assert templates.template("law") is TEMPLATES["law"]
    with pytest.raises(RuleBroken, match="template-unknown"):
        templates.template("../law")
