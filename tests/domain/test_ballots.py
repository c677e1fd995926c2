"""The ballots that people fill in: each kind reads its form, tells it and shows its result."""

import pytest

from consult.domain import ballots, voting
from consult.domain.errors import RuleBroken
from tests.polls import GOOD, OPTIONS, WRONG

EVERY = pytest.mark.parametrize("name", ballots.KINDS)
NAMES = OPTIONS.split("\n")


def sheet(name):
    return ballots.kind(name).paper(NAMES)


@EVERY
def test_a_good_form_is_a_ballot_that_its_method_takes(name):
    kind = ballots.kind(name)
    method, paper = voting.kind(kind.METHOD), sheet(name)
    ballot = kind.from_form(GOOD[name], paper)
    read = method.paper(paper)
    result = method.tally([method.read(ballot, read)], read)
    rows, leaders = kind.rows(result), kind.leaders(result)
    assert kind.said(ballot)
    assert all(0 <= number <= kind.scale(paper, 1) for _name, number in rows)
    assert set(leaders) <= set(paper["options"])
    assert set(kind.WORDS) >= set(paper["options"]) or kind.HAS_OPTIONS


@EVERY
def test_every_kind_says_how_it_counts(name):
    kind = ballots.kind(name)
    assert all((kind.LABEL, kind.HINT, kind.UNIT, kind.READING, kind.WHY, kind.RULES))


@pytest.mark.parametrize(
    ("name", "fields", "code"), [one for one in WRONG if "abstain" not in one[1]]
)
def test_what_is_not_on_the_paper_is_refused(name, fields, code):
    kind = ballots.kind(name)
    method, paper = voting.kind(kind.METHOD), sheet(name)
    with pytest.raises(RuleBroken) as refused:
        method.read(kind.from_form(fields, paper), method.paper(paper))
    assert refused.value.code == code


def test_what_each_ballot_says_is_told_line_by_line():
    said = {
        name: ballots.kind(name).said(ballots.kind(name).from_form(GOOD[name], sheet(name)))
        for name in GOOD
    }
    assert said == {
        "yes_no": [("yes", "")],
        "consent": [("objection", "C'est trop tôt.")],
        "single": [("B", "")],
        "approval": [("A", ""), ("C", "")],
        "judgment": [("A", "very_good"), ("B", "bad")],
        "ranking": [("A", "1"), ("C", "1"), ("B", "3")],
        "score": [("A", "10"), ("C", "3")],
    }
    assert ballots.kind("consent").said({"proposal": "no_objection"}) == [("no_objection", "")]


def test_an_objection_leaves_nothing_adopted():
    kind = ballots.kind("consent")
    assert kind.from_form({"choice": ["no_objection"]}, sheet("consent")) == {
        "proposal": "no_objection"
    }
    against = {"no_objection": {"proposal": 3}, "objections": {"proposal": ["Non."]}}
    assert kind.leaders({**against, "adopted": {"proposal": False}}) == ()
    assert kind.rows(against) == [("no_objection", 3), ("objection", 1)]


def test_without_any_grade_the_bar_is_empty():
    assert ballots.kind("judgment").rows({"medians": {"A": None}}) == [("A", 0)]


def test_a_kind_that_does_not_exist_is_refused():
    for name in ("", "opinion", None, []):
        with pytest.raises(RuleBroken, match="voting-method-unknown"):
            ballots.kind(name)
