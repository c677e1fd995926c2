"""Where a project stands towards the principles of its call."""

import pytest

from consult.domain import assessments
from consult.domain import assessments as rules
from consult.domain.assessments import Reading
from consult.domain.errors import RuleBroken

PRINCIPLES = ("open", "free")


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ({}, "unread"),
        ({"open": Reading("yes")}, "unread"),
        ({"open": Reading("yes"), "free": Reading("yes")}, "respects"),
        ({"open": Reading("yes"), "free": Reading("to_complete")}, "to_complete"),
        ({"free": Reading("to_complete")}, "to_complete"),
        ({"open": Reading("yes"), "free": Reading("no")}, "unread"),
        ({"open": Reading("yes"), "free": Reading("no", "no")}, "refused"),
        ({"open": Reading("yes"), "free": Reading("no", "yes")}, "respects"),
        ({"open": Reading("to_complete"), "free": Reading("no", "to_complete")}, "to_complete"),
        ({"open": Reading("to_complete"), "free": Reading("no", "no")}, "refused"),
        ({"elsewhere": Reading("no", "no")}, "unread"),
        ({"open": Reading("yes"), "free": Reading("yes", is_current=False)}, "unread"),
        ({"open": Reading("yes"), "free": Reading("to_complete", None, False)}, "unread"),
        ({"open": Reading("yes"), "free": Reading("no", "no", False)}, "unread"),
    ],
)
def test_a_standing_follows_from_the_readings(readings, expected):
    assert assessments.standing(PRINCIPLES, readings) == expected
    assert expected in assessments.STANDINGS


def test_without_principles_every_project_respects_them():
    assert assessments.standing((), {}) == "respects"


def test_a_condition_that_is_not_met_completes_and_refuses_nobody():
    reached = {rules.RESPECTS, rules.UNREAD, rules.TO_COMPLETE, rules.REFUSED}
    for one in reached:
        assert rules.with_conditions(one, unmet=False) == one
    told = {rules.with_conditions(one, unmet=True) for one in reached}
    assert told == {rules.TO_COMPLETE, rules.REFUSED}


def test_all_but_a_yes_says_why_and_what_to_do():
    said = rules.read(rules.Verdict("p", "yes", "Parce que.", "Rien."))
    assert said == rules.Verdict("p", "yes")
    whole = rules.Verdict("p", "no", " Pourquoi ", "Ceci")
    assert rules.read(whole) == rules.Verdict("p", "no", "Pourquoi", "Ceci")
    for code, wrong in {
        "verdict-unknown": rules.Verdict("p", ""),
        "assessment-reason-missing": rules.Verdict("p", "to_complete", "", "Ceci"),
        "assessment-fix-missing": rules.Verdict("p", "no", "Pourquoi"),
    }.items():
        with pytest.raises(RuleBroken) as broken:
            rules.read(wrong)
        assert broken.value.code == code


def test_a_second_person_who_does_not_agree_says_why():
    assert rules.reread("no", "") == ("no", "")
    assert rules.reread("yes", "Si.") == ("yes", "Si.")
    for wrong in ("", None, ["no"]):
        with pytest.raises(RuleBroken):
            rules.reread(wrong, "")
    with pytest.raises(RuleBroken):
        rules.reread("to_complete", "")
