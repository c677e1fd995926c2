"""What no method counts: ballots and papers that are not what they should be."""

import random

import pytest

from consult.domain.errors import RuleBroken
from consult.domain.voting import METHODS, judgment
from tests.ballots import LISTED, RAW, ballot, grades

BAD = {
    "single": [[], ["A", "B"]],
    "approval": [["A", "A"], ["A", ["B"]]],
    "ranking": [["A", ["A"]], ["A", []], [["A", ["B"]]], ["A", "A"]],
    "score": [{"A": v} for v in (6, -3, "3", 0.5, 3.0, True, None, [3], 10**30, float("nan"), "٣")],
    "judgment": [{"A": v} for v in ("best", 2, None, ["good"], {}, True, "Good", "٣")],
    "opinion": [{"A": v} for v in ("yes", "", None, 1, ["agree"])],
    "consent": [{"A": v} for v in ("objection", None, {"objection": " "}, {}, {"objection": 3})],
}


@pytest.mark.parametrize("name", METHODS)
def test_what_is_not_on_the_paper_is_refused(name):
    method = METHODS[name]
    paper = method.paper(RAW)
    good = ballot(name, random.Random(1))
    assert method.tally([method.read(good, paper)], paper)
    strange = [None, 5, True, 1.5, "A", "", [["Z"]], ["Z"], [1], [None], {"Z": 3}, {1: 2}]
    strange += [["a"], [" A"], ["A\x00"], ["\ud800"], (("A", 1), ("A", 2)), {"A": {"A": {}}}]
    strange += [{"A": "good"}] if name in LISTED else [["A"], []]
    for bad in [*strange, *BAD[name]]:
        with pytest.raises(RuleBroken):
            method.read(bad, paper)


@pytest.mark.parametrize("name", [n for n in METHODS if n != "single"])
def test_no_fewer_and_no_more_than_asked(name):
    method = METHODS[name]
    paper = method.paper(RAW | {"min": 1, "max": 2})
    empty = [] if name in LISTED else {}
    with pytest.raises(RuleBroken, match="choices-too-few"):
        method.read(empty, paper)
    long = [ballot(name, random.Random(seed)) for seed in range(40)]
    over = next(b for b in long if sum(len(o) if isinstance(o, list) else 1 for o in b) > 2)
    with pytest.raises(RuleBroken, match="choices-too-many"):
        method.read(over, paper)
    assert method.read(over, method.paper(RAW)) is not None


PAPERS = [
    ("single", "options", (None, [], "AB", ["A", "A"], ["A", "  "], ["A", 3], ["A\x00"], {})),
    ("approval", "min", (-1, 5, "1", True, None)),
    ("approval", "max", (0, 5, "1", 1.0, None)),
    ("score", "scale", (None, [], [0], [0, 0], [5, 0], ["0", 5], [0, 10**30], [0, 1, 2], [0, 1.5])),
    ("judgment", "grades", (None, [], ["one"], ["a", "a"], "ab", ["a"] * 101)),
    ("judgment", "default", ("best", 0, ["worst"])),
    ("judgment", "participants", (-1, 1.5, "9", 10**30)),
    ("ranking", "options", (["A", "A>B", "B", "B>B"], [str(number) for number in range(201)])),
]


@pytest.mark.parametrize(("name", "field", "values"), PAPERS)
def test_papers_that_are_refused(name, field, values):
    for value in values:
        with pytest.raises(RuleBroken):
            METHODS[name].paper(RAW | {field: value})


def test_counts_that_are_refused():
    for rows in (None, [], [[1, 2]], [[1, 2], [1]], [[1, 2], [1, -1]], [[1, 2], ["1", 2]], [1, 2]):
        with pytest.raises(RuleBroken):
            judgment.tally_counts(
                rows, judgment.paper({"options": ["A", "B"], "grades": ["g", "h"]})
            )
    with pytest.raises(RuleBroken, match="paper-wrong"):
        grades([[1, 2]], participants=2)
    assert grades([[0, 1], [2, 0]], participants=4)["medians"] == {"O0": "g0", "O1": "g0"}
    for rows in ([[1, 2]], [[1, 2, 3.0]], [[True, 2, 3]]):
        with pytest.raises(RuleBroken, match="counts-wrong"):
            METHODS["opinion"].tally_counts(rows, METHODS["opinion"].paper({"options": ["A"]}))
