"""What a result says, in each case it may come to."""

from contextvars import Context
from types import SimpleNamespace

import pytest

from consult.blueprints.polls import words
from consult.domain import ballots, polls


def said(kind, cast, *, rule="", quorum="none", electors=9):
    poll = SimpleNamespace(
        kind=kind,
        purpose_facts={},
        rule=polls.rule(rule, kind),
        paper=ballots.kind(kind).paper(["Lundi", "Mardi"]),
    )
    result, abstained = polls.count(kind, poll.paper, cast)
    turnout = (electors, len(cast), abstained)
    outcome = polls.decide(kind, poll.rule, quorum, result, turnout=turnout)
    return " ".join(Context().run(words.sentences, poll, outcome))  # in English


YES, NO = ["yes"], ["no"]
FOR, AGAINST = {"proposal": "no_objection"}, {"proposal": {"objection": "Trop tôt."}}


@pytest.mark.parametrize(
    ("kind", "cast", "facts", "expected"),
    [
        ("yes_no", [], {}, "Nobody voted."),
        ("yes_no", [YES], {"quorum": "half"}, "The quorum is not reached: 5 people"),
        ("yes_no", [None], {}, "Everyone abstained."),
        ("yes_no", [YES], {}, "The proposal is adopted. Enough people said yes."),
        ("yes_no", [YES, NO], {}, "not adopted. As many people said yes as no."),
        ("yes_no", [NO], {}, "not adopted. More people said no than yes."),
        ("yes_no", [YES, YES, YES, NO, NO], {"rule": "two_thirds"}, "but too few to win."),
        ("consent", [FOR, None], {}, "The proposal is adopted. Nobody objects to it."),
        ("consent", [FOR, AGAINST], {}, "not adopted. Someone objects to it."),
        ("single", [["Lundi"], ["Mardi"]], {}, "are equal, and come first: Lundi, Mardi."),
        ("single", [["Lundi"]], {}, "“Lundi” comes first and wins."),
        (
            "approval",
            [["Lundi"], ["Mardi"], ["Mardi"], ["Lundi", "Mardi"], ["Lundi"], ["Mardi"]],
            {"rule": "two_thirds"},
            "“Mardi” comes first and wins.",
        ),
        (
            "single",
            [["Lundi"], ["Mardi"], ["Mardi"]] * 2 + [["Lundi"]],
            {"rule": "two_thirds"},
            "“Mardi” comes first, with too few votes to win. An answer wins",
        ),
    ],
)
def test_a_result_is_told_in_plain_words(kind, cast, facts, expected):
    assert expected in said(kind, cast, **facts)


def test_the_bars_keep_the_order_of_the_paper_and_say_the_grade():
    paper = ballots.kind("judgment").paper(["Mardi", "Lundi"])
    poll = SimpleNamespace(purpose_facts={}, kind="judgment", paper=paper)
    result = {"medians": {"Lundi": "good", "Mardi": None}}  # as a database gives it back
    assert Context().run(words.rows, poll, result) == [("Mardi", 0), ("Lundi – Good", 4)]
    consent = SimpleNamespace(
        purpose_facts={}, kind="consent", paper=ballots.kind("consent").paper(())
    )
    result = {"no_objection": {"proposal": 2}, "objections": {"proposal": ["Non."]}}
    assert Context().run(words.rows, consent, result) == [
        ("I have no objection", 2),
        ("I object", 1),
    ]
    assert Context().run(words.objections, consent, result) == ["Non."]
