"""What a project lacks to be sent; its amounts and lines are read by the language, or refused."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from consult.domain import projects as rules
from consult.domain.errors import RuleBroken

WHOLE = {
    "title": "Repair café",
    "for_whom": "Tous",
    "what": "Réparer",
    "contact_email": "a@exemple.fr",
    "asked_cents": 400_000,
    "cost_cents": None,
    "other_cents": 0,
    "priority": None,
}


def call(lines_above=None, cap_share=None, priorities=()):
    return SimpleNamespace(
        lines_above_cents=lines_above, cap_share=cap_share, priorities=priorities
    )


def codes(held=(), demands=None, **facts):
    project = SimpleNamespace(**WHOLE | facts)
    return [one.code for one in rules.lacks(project, held, demands or call())]


def refused(code, act):
    with pytest.raises(RuleBroken) as broken:
        act()
    assert broken.value.code == code


def test_a_whole_project_lacks_nothing_and_an_empty_one_is_told_in_order():
    assert codes() == []
    empty = dict.fromkeys(("title", "for_whom", "what", "contact_email"), "")
    assert codes(**empty, asked_cents=0) == [
        "project-title-missing",
        "for-whom-missing",
        "what-missing",
        "asked-missing",
        "project-email-missing",
    ]
    assert codes(demands=call(priorities=["Jeunes"])) == ["priority-missing"]
    assert codes(demands=call(priorities=["Jeunes"]), priority=1) == []


def test_an_amount_left_empty_is_the_sum_of_its_lines():
    lines = [rules.Line("cost", "Salle", 3), rules.Line("cost", "Train", 4)]
    assert rules.total(None, lines, "cost") == 7 and rules.total(None, lines, "other") is None
    assert rules.total(0, lines, "cost") == 0 and rules.total(9, [], "cost") == 9


def test_the_budget_adds_up():
    lines = call(lines_above=300_000)
    assert not rules.needs_lines(300_000, lines) and rules.needs_lines(300_001, lines)
    assert codes(demands=lines) == ["cost-missing"]
    assert codes(demands=call(cap_share=8_000)) == ["cost-missing"]
    assert codes(other_cents=1) == ["cost-missing"]
    assert codes(demands=lines, cost_cents=400_000) == ["budget-lines-missing"]
    cost = rules.Line("cost", "Salle", 500_000)
    other = rules.Line("other", "La ville", 100_000)
    whole = {"cost_cents": 500_000, "other_cents": 100_000}
    assert codes([cost, other], lines, **whole) == []
    assert codes([cost], lines, **whole) == ["budget-other-differs"]
    assert codes([other], lines, **whole) == ["budget-lines-missing"]
    assert codes([cost], lines, **whole | {"cost_cents": 600_000}) == [
        "budget-cost-differs",
        "budget-other-differs",
    ]
    assert codes(cost_cents=399_999) == ["cost-below-funding"]
    assert codes(cost_cents=400_000, other_cents=1) == ["cost-below-funding"]
    assert codes([cost], **whole) == []  # lines of one side, that nobody demanded


def test_lines_are_read_by_the_language_or_refused():
    read = rules.lines("cost", ["Salle", "", " "], ["1 234,56", "", ""], "fr")
    assert read == [rules.Line("cost", "Salle", 123_456)]
    refused("budget-label-missing", lambda: rules.lines("cost", [""], ["3"], "fr"))
    refused("amount-missing", lambda: rules.lines("cost", ["Salle"], [""], "fr"))
    refused("amount-unreadable", lambda: rules.lines("cost", ["Salle"], ["1,234.56"], "fr"))
    refused("budget-lines-too-many", lambda: rules.lines("cost", ["a"], [], "fr"))
    many = ["a"] * (rules.MOST_LINES + 1)
    refused("budget-lines-too-many", lambda: rules.lines("cost", many, ["1"] * len(many), "fr"))
    refused("budget-lines-too-many", lambda: rules.lines("cost", many * 2, many * 2, "fr"))
    assert rules.amount(" ", "fr") is None and rules.amount("3", "en") == 300


def test_partners_classes_and_kinds_of_help():
    assert rules.partners(" A \n\nB\nA ") == ("A", "B")
    refused("partners-too-many", lambda: rules.partners("\n".join(map(str, range(11)))))
    assert rules.priority("", ["a"]) is None and rules.priority("1", ["a"]) == 1
    for wrong in ("0", "2", "x", "-1", ["1"]):
        refused("priority-unknown", lambda wrong=wrong: rules.priority(wrong, ["a"]))
        refused("theme-unknown", lambda wrong=wrong: rules.theme(wrong, ["a"]))
    assert rules.kind_of_help("room") == "room"
    for wrong in ("", None, ["room"]):
        refused("help-kind-unknown", lambda wrong=wrong: rules.kind_of_help(wrong))


@given(
    asked=some.integers(1, 10**9),
    other=some.integers(0, 10**9),
    extra=some.integers(0, 10**9),
)
def test_a_budget_that_adds_up_is_never_refused(asked, other, extra):
    cost = asked + other + extra
    held = [rules.Line("cost", "Tout", cost), rules.Line("other", "Autres", other)]
    facts = {"asked_cents": asked, "cost_cents": cost, "other_cents": other}
    assert codes(held, call(lines_above=0), **facts) == []
