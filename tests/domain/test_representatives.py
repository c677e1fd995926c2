"""Passages that stand for many: near the best choice, the same at each run."""

import itertools
import json
import tarfile
from collections import Counter
from math import e

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import verbatims as bench
from consult.domain import representatives, words

SENTENCE = "La bibliothèque du quartier ouvre le soir, pour les familles. "


def rows_of(matrix):
    return lambda places: matrix[list(places)]


@st.composite
def problems(draw):
    candidates, texts = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    cells = st.integers(0, 8).map(lambda number: number / 8)
    drawn = draw(st.lists(cells, min_size=candidates * texts, max_size=candidates * texts))
    return np.array(drawn).reshape(candidates, texts), draw(st.integers(1, 4))


def worth(matrix, chosen):
    return float(matrix[list(chosen)].max(axis=0).sum()) if chosen else 0.0


@given(problems())
def test_the_greedy_choice_is_worth_63_percent_of_the_best(problem):
    matrix, number = problem
    size, none = len(matrix), np.zeros(matrix.shape[1])
    found = representatives.greedy(rows_of(matrix), range(size), number, none)
    best = max(
        worth(matrix, some) for some in itertools.combinations(range(size), min(number, size))
    )
    assert len(set(found)) == len(found) <= number
    assert worth(matrix, found) >= (1 - 1 / e) * best - 1e-9


@given(problems())
def test_the_lazy_choice_is_that_of_looking_at_all_each_time(problem):
    matrix, number = problem
    best, plain = np.zeros(matrix.shape[1]), []
    for _turn in range(number):
        gains = np.maximum(matrix - best, 0).sum(axis=1)
        place = int(np.argmax(gains))
        if gains[place] <= 1e-9:
            break
        plain.append(place)
        best = np.maximum(best, matrix[place])
    none = np.zeros(matrix.shape[1])
    assert representatives.greedy(rows_of(matrix), range(len(matrix)), number, none) == plain


def test_how_far_it_is_is_told_and_may_be_stopped(monkeypatch):
    monkeypatch.setattr(representatives, "AT_ONCE", 2)
    told = []
    representatives.greedy(rows_of(np.eye(5)), range(5), 2, np.zeros(5), told.append)
    assert told == [0, 2, 4]


@settings(max_examples=30)
@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=6), max_size=12))
def test_likeness_is_between_nothing_and_all(terms):
    rows = representatives.space(terms).rows(terms)
    found = rows(range(len(terms)))
    assert found.shape == (len(terms), len(terms))
    assert ((found >= 0) & (found <= 1 + 1e-9)).all()
    assert (rows(range(len(terms))) == found).all()


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=6), max_size=12))
def test_dealing_terms_changes_whose_they_are_alone(terms):
    found = representatives.dealt(terms)
    assert [len(one) for one in found] == [len(one) for one in terms]
    assert Counter(itertools.chain(*found)) == Counter(itertools.chain(*terms))
    assert found == representatives.dealt(terms)


def test_covered_is_a_share_of_the_texts():
    rows = rows_of(np.array([[0.2, 0.1, 0.0, 1.0], [0.0, 0.14, 0.2, 0.0]]))
    assert representatives.covered(rows, [0], 4) == 0.5
    assert representatives.covered(rows, [0, 1], 4) == 0.75
    assert representatives.covered(rows, [], 4) == 0 == representatives.covered(rows, [], 0)


def test_a_text_that_resembles_no_other_is_alone(monkeypatch):
    monkeypatch.setattr(representatives, "AT_ONCE", 2)
    common = ["pist", "velo", "rue", "nuit", "lumier"]
    terms = [common, ["fontain", "eau", "plac", "soif", "ete"], common, common, ["oui"]]
    told = []
    space = representatives.space(terms)
    assert representatives.alone(space, terms, told.append) == [1]
    assert told == [0, 2, 4]
    nothing = [["a", "b", "c", "d", "e"], ["oui"]]
    assert representatives.alone(representatives.space(nothing), nothing) == [0]


def test_a_term_of_one_text_is_no_measure():
    assert representatives.rarity([["a", "b"], ["a", "b", "c"], ["a"]]) == {
        "a": 0.0,
        "b": pytest.approx(np.log(4 / 3)),
    }


@pytest.mark.parametrize("text", ["", "Oui.", " " * 90, "x" * 700, f"{'x' * 700}. Oui."])
def test_what_is_too_short_or_too_long_is_no_passage(text):
    assert representatives.passage(text, {}, words.terms) is None


def test_a_short_text_is_its_own_passage_without_the_spaces_around():
    text = f"\n {SENTENCE}"
    found = representatives.passage(text, {}, words.terms)
    assert text[found.starts : found.ends] == SENTENCE.strip()


def test_a_long_text_is_told_by_its_most_telling_sentences():
    dull = "Voici ce que je voulais vous dire à propos de tout cela aujourd'hui. " * 9
    text = f"{dull}{SENTENCE}{dull}"
    found = representatives.passage(text, {"bibliothequ": 2.0, "soir": 1.0}, words.terms)
    assert SENTENCE.strip() in text[found.starts : found.ends]
    assert 60 <= found.ends - found.starts <= 600


@pytest.mark.realdata
def test_passages_of_real_texts_stand_for_more_than_the_middle_than_chance(shared):
    with tarfile.open(shared / "data/republique-numerique/opinions.tar.gz") as archive:
        held = [archive.extractfile(member) for member in archive.getmembers()]
        files = [one.read() for one in held if one is not None]
    themes = bench.themes(json.loads(one)["opinion"] for one in files if one.strip())
    assert len(themes) == 18
    found = bench.measured(themes)
    assert found.chosen > 1.2 * found.middle > 1.2 * 1.2 * found.chance
    assert found.chosen >= 0.2
