"""When one can vote, the quorum, the rule, and what a count decides."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import ballots, polls
from consult.domain.errors import RuleBroken

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def poll(**changes):
    held = {
        "opens_at": NOW - HOUR, "closes_at": NOW + HOUR, "opened_at": NOW - HOUR,
        "cancelled_at": None, "counted_at": None,
    }  # fmt: skip
    return SimpleNamespace(**held | changes)


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "open"),
        ({"opened_at": None}, "upcoming"),
        ({"opens_at": NOW + HOUR / 2}, "upcoming"),
        ({"closes_at": NOW}, "closed"),
        ({"counted_at": NOW - HOUR}, "closed"),  # the clock went back: it stays closed
        ({"cancelled_at": NOW}, "cancelled"),
    ],
)
def test_the_state_follows_the_hours(changes, state):
    assert polls.state(poll(**changes), NOW) == state
    assert polls.LABELS[state]
    if state == "open":
        polls.check_open(poll(**changes), NOW)
    else:
        with pytest.raises(RuleBroken) as refused:
            polls.check_open(poll(**changes), NOW)
        assert refused.value.status == 409


@given(st.sampled_from(sorted(polls.QUORUMS)), st.integers(0, 500))
def test_a_quorum_is_the_least_whole_number_that_holds_the_share(name, electors):
    share, whole = polls.QUORUMS[name]
    needed = polls.needed(name, electors)
    assert needed * whole >= electors * share > (needed - 1) * whole or needed == 0
    assert polls.QUORUM_WORDS[name]


def decided(kind, rule, quorum, cast, electors):
    """The outcome of ballots, None being an abstention."""
    paper = ballots.kind(kind).paper(["A", "B", "C"])
    result, abstained = polls.count(kind, paper, cast)
    turnout = (electors, len(cast), abstained)
    return polls.decide(kind, rule, quorum, result, turnout=turnout)


@pytest.mark.parametrize(
    ("rule", "yes", "no", "none", "adopted"),
    [
        ("majority", 3, 2, 4, ("yes",)),
        ("majority", 2, 3, 0, ("no",)),
        ("majority", 2, 2, 0, ()),
        ("two_thirds", 4, 2, 5, ("yes",)),
        ("two_thirds", 3, 2, 0, ()),
        ("majority", 0, 0, 3, ()),
    ],
)
def test_yes_wins_by_its_rule_and_abstentions_do_not_count(rule, yes, no, none, adopted):
    cast = [["yes"]] * yes + [["no"]] * no + [None] * none
    outcome = decided("yes_no", rule, "none", cast, 20)
    assert (outcome.adopted, outcome.votes, outcome.abstentions) == (adopted, yes + no, none)
    assert outcome.quorum_reached


def test_below_the_quorum_nothing_is_decided_and_an_abstention_counts_for_it():
    cast = [["yes"]] * 4
    assert decided("yes_no", "majority", "half", cast, 10).told() == {
        "abstentions": 0, "votes": 4, "quorum_needed": 5, "quorum_reached": False,
        "first": ["yes"], "adopted": [],
    }  # fmt: skip
    assert decided("yes_no", "majority", "half", [*cast, None], 10).adopted == ("yes",)


def test_two_that_come_first_decide_nothing():
    outcome = decided("single", "most", "none", [["A"], ["B"]], 5)
    assert (outcome.leaders, outcome.adopted) == (("A", "B"), ())
    assert decided("single", "most", "none", [["A"], ["B"], ["B"]], 5).adopted == ("B",)
    assert decided("ranking", "most", "none", [[["B"], ["A"]]], 5).adopted == ("B",)


def test_an_objection_stops_a_proposal():
    agreed, against = {"proposal": "no_objection"}, {"proposal": {"objection": "Trop tôt."}}
    assert decided("consent", "no_objection", "none", [agreed, None], 5).adopted == ("proposal",)
    assert decided("consent", "no_objection", "none", [agreed, against], 5).adopted == ()


def test_what_is_not_on_the_paper_is_refused_and_no_abstention():
    with pytest.raises(RuleBroken, match="option-unknown"):
        decided("yes_no", "majority", "none", [["maybe"]], 5)
    with pytest.raises(RuleBroken, match="choices-too-few"):
        decided("approval", "most", "none", [[]], 5)


def test_a_secret_vote_of_a_few_is_refused():
    polls.check_secret(polls.LEAST_SECRET)
    for count in (polls.LEAST_SECRET - 1, polls.MOST_SECRET + 1):
        with pytest.raises(RuleBroken, match="secret-too"):
            polls.check_secret(count)


def test_rules_and_quorums_are_those_of_the_table():
    assert polls.rule("", "yes_no") == "majority" and polls.rule(None, "score") == "most"
    assert polls.rule("two_thirds", "single") == "two_thirds"
    assert polls.quorum("half") == "half"
    for wrong in ("most", "no_objection", [], 1):
        with pytest.raises(RuleBroken, match="rule-unknown"):
            polls.rule(wrong, "yes_no")
    for wrong in ("", None, "all", ["half"]):
        with pytest.raises(RuleBroken, match="quorum-unknown"):
            polls.quorum(wrong)
    for kind in ballots.KINDS.values():
        assert set(kind.RULES) <= set(polls.RULE_WORDS)
