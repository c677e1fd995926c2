"""The templates of calls: each holds the contract of the family."""

import pytest

from consult.domain import call_templates, call_terms
from consult.domain.errors import RuleBroken

CHOICES = call_templates.in_order()


@pytest.mark.parametrize(("name", "template"), CHOICES)
def test_every_template_has_a_rule_that_holds_and_principles(name, template):
    assert call_templates.template(name) is template
    names = call_terms.Bounds.__dataclass_fields__
    found = {key: value for key, value in template.SETTINGS.items() if key in names}
    call_terms.check(call_terms.Bounds(**found))
    assert template.LABEL and template.DESCRIPTION and template.SETTINGS["may_apply"]
    assert 1 < len(template.PRINCIPLES) == len(set(template.PRINCIPLES))
    assert all(len(title) <= 200 for title in template.PRINCIPLES)


def test_the_usual_one_comes_first_and_an_unknown_one_is_refused():
    assert CHOICES[0][0] == "local"
    with pytest.raises(RuleBroken, match="template-unknown"):
        call_templates.template("nowhere")
