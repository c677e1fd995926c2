"""The methods against published cases and a slow definition, and what each of them keeps to."""

import json
import random
from collections import Counter
from fractions import Fraction
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import voting
from consult.domain.errors import RuleBroken
from consult.domain.stances import STANCES
from consult.domain.voting import METHODS, judgment, ranking
from tests.ballots import BY_OPTION, LISTED, NAMES, RAW, ballot, grades

EVERY = pytest.mark.parametrize("name", METHODS)
# M. Schulze, 45 voters: E > A > C > B > D.
SCHULZE = "5 ACBED, 5 ADECB, 8 BEDAC, 3 CABED, 7 CAEBD, 2 CBADE, 7 DCEBA, 8 EBADC"
# The tests of MieuxVoter's library, the worst grade first: rows, default, ranks.
MIEUX_VOTER = [
    ([[1, 1, 1], [1, 0, 2], [3, 0, 0], [2, 0, 1], [0, 3, 0]], "worst", [3, 1, 5, 4, 2]),
    ([[10**10, 10**10], [10**10 - 1, 10**10 + 1]], "worst", [2, 1]),
    (
        [[2, 2, 2, 2, 2], [2, 1, 1, 1, 5], [2, 1, 1, 2, 4], [2, 1, 5, 0, 2], [2, 2, 2, 2, 2]],
        "worst",
        [4, 1, 2, 3, 4],
    ),
    (
        [[2, 2, 2, 2, 2], [1, 2, 2, 2, 2], [0, 0, 4, 0, 0], [0, 0, 0, 0, 2], [0, 0, 0, 1, 1]],
        "worst",
        [1, 1, 3, 4, 5],
    ),
    (
        [[2, 2, 2, 2, 2], [2, 2, 1, 2, 2], [0, 0, 4, 0, 0], [0, 0, 0, 0, 2], [0, 0, 0, 1, 1]],
        "median",
        [4, 4, 3, 1, 2],
    ),
]


def result(name, ballots, **changes):
    method = METHODS[name]
    paper = method.paper(RAW | changes)
    return method.tally([method.read(one, paper) for one in ballots], paper)


def schulze(groups):
    ballots = {tuple(order): int(count) for count, order in groups}
    options = sorted({name for order in ballots for name in order})
    paper = ranking.paper({"options": options})
    return ranking.tally({ranking.read(list(o), paper): n for o, n in ballots.items()}, paper)


def test_the_45_voters_of_schulze():
    found = schulze(group.split() for group in SCHULZE.split(", "))
    assert found["order"] == list("EACBD")
    assert found["ranks"] == {"A": 2, "B": 4, "C": 3, "D": 5, "E": 1}
    assert found["pairwise"]["A>B"] == 20 and found["pairwise"]["B>A"] == 25


@pytest.mark.parametrize(("rows", "default", "ranks"), MIEUX_VOTER)
def test_the_cases_of_mieux_voter(rows, default, ranks):
    assert list(grades(rows, default)["ranks"].values()) == ranks


@pytest.mark.realdata
def test_every_case_of_votes(shared):
    defaults, checked = {"MedianDefault": "median"}, Counter()
    for case in json.loads((shared / "cases/votes.json").read_text("utf-8")):
        checked[case["method"]] += 1
        if case["method"] == "majority_judgment":
            default = defaults.get(case["mode"], "worst")
            rows, voters = case["tallies_worst_to_best"], case["participants"]
            for changes in ({}, {"participants": voters}):
                found = grades(rows, default, **changes)
                assert list(found["ranks"].values()) == case["ranks"], case["id"]
        elif case["method"] == "schulze":
            found = schulze(case["ballots"])
            assert "".join(found["order"]) == case["order"]
            duels = {pair.replace(">", ""): n for pair, n in found["pairwise"].items()}
            assert duels == case["pairwise"]
        elif case["method"] == "three_level_tally":
            row = [case[level] for level in STANCES]
            found = METHODS["opinion"].tally_counts([row], METHODS["opinion"].paper(one_option()))
            assert found["wilson"]["A"] == pytest.approx(case["wilson_agree"], abs=1e-8)
    assert checked == {
        "majority_judgment": 16,
        "schulze": 1,
        "wilson_lower_95": 1,
        "three_level_tally": 17,
    }


def one_option():
    return {"options": ["A"]}


def majority_value(row):
    """Return the grades in the order of the definition: the lower median, taken out, and again."""
    left = [grade for grade, count in enumerate(row) for _ in range(count)]
    return [left.pop((len(left) - 1) // 2) for _ in range(len(left))]


same_size = st.integers(1, 6).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, size - 1), min_size=7, max_size=7)
        | st.lists(st.integers(0, size - 1), min_size=7, max_size=7).map(sorted),
        min_size=2,
        max_size=5,
    ).map(lambda many: [[one.count(g) for g in range(size)] for one in many])
)


@given(rows=same_size, even=st.booleans())
def test_the_score_ranks_as_the_majority_value(rows, even):
    if even:
        rows = [[row[0] + 1, *row[1:]] for row in rows]
    for one in rows:
        for other in rows:
            slow = majority_value(one) < majority_value(other)
            assert (judgment.score(one) < judgment.score(other)) == slow
            assert (judgment.score(one) == judgment.score(other)) == (one == other)


@EVERY
@given(seed=st.integers(0, 2**48))
def test_neither_order_nor_names_count(name, seed):
    rnd = random.Random(seed)
    ballots = [ballot(name, rnd) for _ in range(rnd.randint(0, 9))]
    found = result(name, ballots)
    shuffled = rnd.sample(ballots, len(ballots))
    assert result(name, shuffled) == found  # anonymity
    options = rnd.sample(NAMES, len(NAMES))
    moved = result(name, ballots, options=options)
    for what, value in found.items():
        if what != "order":
            assert moved[what] == value  # neutrality: dictionaries compare by name
    assert json.loads(json.dumps(found, default=float))


def beats_all(found):
    duels = found["pairwise"]
    return [
        one
        for one in NAMES
        if all(duels[f"{one}>{o}"] > duels[f"{o}>{one}"] for o in NAMES if o != one)
    ]


@given(seed=st.integers(0, 2**48))
def test_who_wins_every_duel_is_first_alone(seed):
    rnd = random.Random(seed)
    found = result("ranking", [ballot("ranking", rnd) for _ in range(rnd.randint(1, 9))])
    for winner in beats_all(found):
        assert found["ranks"][winner] == 1
        assert list(found["ranks"].values()).count(1) == 1


def strongest(duels, one, other):
    """Return the strength of the strongest path, by walking every path."""
    others = [name for name in NAMES if name not in (one, other)]
    best = 0
    for length in range(len(others) + 1):
        for middle in permutations(others, length):
            steps = list(pairwise([one, *middle, other]))
            if all(duels[f"{a}>{b}"] > duels[f"{b}>{a}"] for a, b in steps):
                best = max(best, min(duels[f"{a}>{b}"] for a, b in steps))
    return best


@given(seed=st.integers(0, 2**48))
def test_ranks_are_those_of_the_strongest_paths(seed):
    rnd = random.Random(seed)
    found = result("ranking", [ballot("ranking", rnd) for _ in range(rnd.randint(1, 9))])
    duels = found["pairwise"]
    for one in NAMES:
        others = [o for o in NAMES if o != one]
        ahead = [o for o in others if strongest(duels, o, one) > strongest(duels, one, o)]
        assert found["ranks"][one] == 1 + len(ahead)


@given(seed=st.integers(0, 2**48))
def test_a_ballot_of_many_and_one_by_one(seed):
    rnd = random.Random(seed)
    paper = ranking.paper(RAW)
    choices = [ranking.read(ballot("ranking", rnd), paper) for _ in range(3)] * rnd.randint(1, 4)
    found = ranking.tally(choices, paper)
    assert ranking.tally(Counter(choices), paper) == found
    for one in NAMES:
        for other in set(NAMES) - {one}:
            place = {
                choice: {p: g for g, ps in enumerate(choice) for p in ps} for choice in choices
            }
            a, b = NAMES.index(one), NAMES.index(other)
            ahead = sum(place[choice][a] < place[choice][b] for choice in choices)
            assert found["pairwise"][f"{one}>{other}"] == ahead


@pytest.mark.parametrize(("name", "what"), [("approval", "counts"), ("score", "sums")])
@given(seed=st.integers(0, 2**48))
def test_one_more_supporter_never_harms(name, what, seed):
    rnd = random.Random(seed)
    ballots = [ballot(name, rnd) for _ in range(rnd.randint(1, 9))]
    before = result(name, ballots)[what]
    raised, option = rnd.randrange(len(ballots)), rnd.choice(NAMES)
    had = ballots[raised]
    ballots[raised] = had | {option: 5} if name == "score" else [*{*had, option}]
    after = result(name, ballots)[what]
    assert after[option] >= before[option]
    assert {o: n for o, n in after.items() if o != option} == {
        o: n for o, n in before.items() if o != option
    }


def test_each_method_in_small():
    assert result("single", [["A"], ["A"], ["B"]])["counts"] == {"A": 2, "B": 1, "C": 0, "D": 0}
    assert result("approval", [["B", "A"], []])["counts"] == {"A": 1, "B": 1, "C": 0, "D": 0}
    found = result("score", [{"A": 5, "B": 0}, {"A": -2}, {"A": -2}])
    assert found["sums"] == {"A": 1, "B": 0, "C": 0, "D": 0}
    assert found["means"] == {"A": Fraction(1, 3), "B": 0, "C": None, "D": None}
    found = result("judgment", [{"A": "good", "B": "fair"}, {"A": "fair"}])
    assert found["medians"] == {"A": "fair", "B": "poor", "C": "poor", "D": "poor"}
    assert found["order"] == NAMES and found["ranks"] == {"A": 1, "B": 2, "C": 3, "D": 3}
    assert result("judgment", [])["medians"] == dict.fromkeys(NAMES)
    assert result("ranking", [])["ranks"] == dict.fromkeys(NAMES, 1)
    found = result("ranking", [["D"], ["D", ["A", "B"]]])
    assert found["ranks"] == {"A": 2, "B": 2, "C": 4, "D": 1}
    found = result("opinion", [{"B": "agree"}, {"A": "mixed"}])
    assert found["order"] == ["B", "A", "C", "D"] and found["wilson"]["A"] == 0
    said = [{"A": {"objection": " Too dear "}, "B": "no_objection"}, {"A": "no_objection"}]
    assert result("consent", said * 2) == {
        "no_objection": {"A": 2, "B": 2, "C": 0, "D": 0},
        "objections": {"A": ["Too dear", "Too dear"], "B": [], "C": [], "D": []},
        "adopted": {"A": False, "B": True, "C": False, "D": False},
    }


def test_an_entry_of_a_file():
    assert METHODS["single"].filed(["A"]) == (1, ["A"])
    assert ranking.filed(["A"]) == (1, ["A"])
    assert ranking.filed({"order": ["A"]}) == (1, ["A"])
    assert ranking.filed({"count": 5, "order": ["A"]}) == (5, ["A"])
    for bad in ({"count": 5}, {"count": 0, "order": []}, {"order": [], "x": 1}, 5, {"count": "5"}):
        with pytest.raises(RuleBroken):
            ranking.filed(bad)


def test_methods_are_found_by_name():
    assert sorted(METHODS) == sorted([*LISTED, *BY_OPTION])
    assert all(method.LABEL for method in METHODS.values())
    assert voting.counted("judgment") is judgment and voting.counted("single") is None
    with pytest.raises(RuleBroken, match="voting-method-unknown"):
        voting.kind("_paper")
