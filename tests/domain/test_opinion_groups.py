"""Opinion groups: what is said of them follows from the groups; finding them hangs on nothing."""

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import opinion_groups
from consult.domain.errors import RuleBroken
from consult.domain.opinion_groups import clusters, matrix, statistics
from consult.domain.opinion_groups.clusters import agreement

OPINIONS = st.lists(
    st.tuples(
        st.sampled_from("abcdefgh"), st.sampled_from(["1", "2", "10"]), st.sampled_from([1, 0, -1])
    ),
    min_size=1,
    max_size=60,
)


def two_sides(people=40, statements=12, seed=1, chance=0.9):
    """Two crowds that disagree about everything, each person seeing most statements."""
    draw, rows = Random(seed), []
    for person in range(people):
        side = 1 if person % 2 else -1
        for statement in range(statements):
            if draw.random() < chance:
                rows.append((f"p{person}", str(statement), side if statement % 3 else 1))
    return rows


def test_the_last_opinion_of_a_pair_counts_and_names_stand_in_order():
    rows = [("b", "10", 1), ("a", "2", 1), ("b", "10", -1), ("b", "x", 0)]
    found = opinion_groups.read(rows)
    assert (found.people, found.statements) == (["a", "b"], ["2", "10", "x"])
    unseen = matrix.UNSEEN
    assert found.values.tolist() == [[1, unseen, unseen], [unseen, -1, 0]]


def test_a_matrix_that_would_not_fit_is_refused(monkeypatch):
    monkeypatch.setattr(matrix, "MOST_CELLS", 3)
    with pytest.raises(RuleBroken, match="opinions-too-many"):
        opinion_groups.read([("a", "1", 1), ("b", "2", 1)])


@given(OPINIONS, st.lists(st.integers(-1, 2), min_size=8, max_size=8))
def test_the_figures_are_those_of_the_definitions(rows, drawn):
    """Counted again one by one, as Polis defines them."""
    found = opinion_groups.read(rows)
    groups = drawn[: len(found.people)]
    said = {(person, statement): value for person, statement, value in rows}
    shown = opinion_groups.statements(found, groups, 3)
    for statement, one in zip(found.statements, shown, strict=True):
        by = [
            [
                said[p, statement]
                for p, g in zip(found.people, groups, strict=True)
                if g == group and (p, statement) in said
            ]
            for group in range(3)
        ]
        every = [value for (_, s), value in said.items() if s == statement]
        assert (one.seen, one.agree, one.disagree) == (len(every), every.count(1), every.count(-1))
        assert one.passed == every.count(0)
        shares = [(1 + part.count(1)) / (2 + len(part)) for part in by]
        assert math.isclose(one.consensus, math.prod(shares))
        for group, part in enumerate(by):
            rest = [value for other in range(3) if other != group for value in by[other]]
            told = one.by_group[group]
            value = 1 if told.side == "agree" else -1
            inside, outside = part.count(value), rest.count(value)
            ratio = ((1 + inside) / (2 + len(part))) / ((1 + outside) / (2 + len(rest)))
            assert math.isclose(told.representativeness, ratio)
            assert told.is_sure == sure(inside, len(part), outside, len(rest))


def sure(inside, seen, outside, others):
    """Tell whether both tests of Polis pass 90 %."""
    alone = 2 * math.sqrt(seen + 1) * ((inside + 1) / (seen + 1) - 0.5)
    one, two = (inside + 1) / (seen + 1), (outside + 1) / (others + 1)
    pooled = (inside + outside + 2) / (seen + others + 2)
    spread = math.sqrt(pooled * (1 - pooled) * (1 / (seen + 1) + 1 / (others + 1)))
    against = (one - two) / spread if spread > 0 else 0.0
    return min(alone, against) > statistics.SURE_90


def test_a_group_is_known_by_what_it_says_and_the_others_do_not():
    found = opinion_groups.read(two_sides())
    grouped = opinion_groups.find(found)
    assert grouped.number == 2
    shown = opinion_groups.statements(found, grouped.groups.tolist(), 2)
    for group in (0, 1):
        told = [found.statements[place] for place in opinion_groups.typical(shown, group)]
        assert sorted(told, key=int) == [str(n) for n in range(12) if n % 3]
    shared, divided = shown[0], shown[1]
    assert shared.consensus > 0.8
    assert divided.consensus < 0.1


def test_two_crowds_are_found_whatever_the_order():
    rows = two_sides(people=60)
    found = opinion_groups.find(opinion_groups.read(rows))
    assert sorted(np.bincount(found.groups).tolist()) == [30, 30]
    assert not found.is_fragile
    Random(3).shuffle(rows)
    again = opinion_groups.find(opinion_groups.read(rows))
    assert again.groups.tolist() == found.groups.tolist()
    assert again.lasting == found.lasting


def test_what_is_found_among_few_people_is_fragile():
    found = opinion_groups.find(opinion_groups.read(two_sides(people=48)))
    assert found.number == 2
    assert found.is_fragile


@pytest.mark.parametrize("people", [80, 600])
def test_groups_that_do_not_last_are_fragile(people):
    draw = Random(5)
    noise = [(f"p{p}", str(s), draw.choice((1, 0, -1))) for p in range(people) for s in range(20)]
    found = opinion_groups.find(opinion_groups.read(noise))
    assert found.lasting < 0.6
    assert found.is_fragile


@pytest.mark.parametrize(
    ("rows", "number"),
    [
        ([], 0),
        ([("a", "1", 1)], 1),
        ([(p, "1", 1) for p in "abcdef"], 1),
        ([(p, s, 0) for p in "abcdef" for s in "1234"], 1),
    ],
)
def test_people_who_all_say_the_same_are_one_group(rows, number):
    found = opinion_groups.find(opinion_groups.read(rows))
    assert found.number == number
    assert found.is_fragile


def test_those_who_said_too_little_are_in_no_group():
    rows = [*two_sides(people=60), ("p99", "1", 1)]
    opinions = opinion_groups.read(rows)
    found = opinion_groups.find(opinions)
    left = [p for p, g in zip(opinions.people, found.groups, strict=True) if g < 0]
    assert left == ["p99"]


@pytest.mark.parametrize("turns", [1, 10])
def test_many_people_are_grouped_by_the_same_rule(turns, monkeypatch):
    """Beyond a hundred distinct points, points are first joined to their neighbours."""
    monkeypatch.setattr(clusters, "BASE_TURNS", turns)
    found = opinion_groups.find(opinion_groups.read(two_sides(people=400, statements=30)))
    assert found.number == 2
    assert sorted(np.bincount(found.groups[found.groups >= 0]).tolist()) == [200, 200]


@given(st.lists(st.integers(0, 3), min_size=2, max_size=30), st.randoms())
def test_the_same_grouping_agrees_with_itself_under_other_names(labels, draw):
    names = [0, 1, 2, 3]
    draw.shuffle(names)
    other = np.array([names[label] for label in labels])
    assert math.isclose(agreement(np.array(labels), other), 1.0)


def test_two_groupings_agree_as_published():
    """Hubert and Arabie: 5 of 10 pairs and so on; worked by hand."""
    one, other = np.array([0, 0, 1, 1, 2]), np.array([0, 0, 1, 2, 2])
    assert math.isclose(agreement(one, other), (1 - 2 * 2 / 10) / (2 - 2 * 2 / 10))
