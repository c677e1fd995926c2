"""Proposed tags: right where words tell them, none where they do not, whatever the order."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import tagging as bench
from consult.domain import tagging, words
from tests import suggesting


def room(by_hand=50, apart=20, seed=1):
    """Return texts about two things, of which some are tagged; those about nothing are not."""
    pairs = suggesting.texts(each=by_hand + 10, apart=apart, seed=seed)
    held = [(f"{place:03}", subject, words.terms(text)) for place, (subject, text) in
            enumerate(pairs)]  # fmt: skip
    told = [one for one in held if one[1]]
    tagged = {key: tagging.Tagged(terms, subject) for key, subject, terms in told[: 2 * by_hand]}
    rest = {key: terms for key, _subject, terms in held if key not in tagged}
    return tagged, rest, {key: subject for key, subject, _terms in held}


def test_what_words_tell_is_proposed_and_the_rest_left():
    tagged, rest, subjects = room()
    rest["empty"] = []
    turns = []
    found = tagging.propose(tagged, rest, lambda: turns.append(1))
    assert len(turns) == tagging.FOLDS
    right = [subjects[one.text] == one.tag for one in found.proposals]
    assert sum(right[:20]) == 20, "the surest first"
    assert len(found.proposals) + found.abstained == len(rest)
    assert "empty" not in {one.text for one in found.proposals}
    order = [-one.confidence for one in found.proposals]
    assert order == sorted(order) and {one.level for one in found.proposals} <= {1, 2, 3}


def test_the_order_of_texts_changes_nothing():
    tagged, rest, _subjects = room(by_hand=20)
    found = tagging.propose(tagged, rest)
    assert found.proposals
    chance = random.Random(4)
    for _turn in range(2):
        some = chance.sample(sorted(tagged), len(tagged))
        others = chance.sample(sorted(rest), len(rest))
        mixed = {key: tagged[key] for key in some}
        assert tagging.propose(mixed, {key: rest[key] for key in others}) == found


def test_nothing_is_proposed_where_nothing_is_sure():
    chance = random.Random(5)
    noise = {
        f"{place:03}": tagging.Tagged(chance.sample(suggesting.OTHER, 9), chance.choice("ab"))
        for place in range(100)
    }
    rest = {f"r{place}": chance.sample(suggesting.OTHER, 9) for place in range(30)}
    found = tagging.propose(noise, rest)
    assert (found.proposals, found.abstained) == ((), 30)
    assert found.thresholds == (None, None, None)


def test_too_few_tags_or_words_give_nothing():
    nothing = tagging.Found((), 1, (None, None, None))
    tagged, _rest, _subjects = room(by_hand=20)
    one = {key: text for key, text in tagged.items() if text.tag == "train"}
    assert tagging.propose(one, {"x": ["gar"]}) == nothing
    empty = {key: tagging.Tagged([], text.tag) for key, text in tagged.items()}
    assert tagging.propose(empty, {"x": []}) == nothing
    none_left = tagging.propose(tagged, {})
    assert (none_left.proposals, none_left.abstained) == ((), 0)


def test_a_tag_too_rare_to_be_learned_counts_as_mistakes():
    tagged, rest, _subjects = room(by_hand=20)
    sure = tagging.propose(tagged, rest)
    texts = [text for text in tagged.values() if text.tag == "train"]
    rare = {f"z{place}": tagging.Tagged(texts[place].terms, "rare") for place in range(9)}
    less = tagging.propose({**tagged, **rare}, rest)
    assert {one.tag for one in less.proposals} <= {"train", "soin"}
    assert less.thresholds[0] is None or less.thresholds[0] > sure.thresholds[0]


@given(st.lists(st.tuples(st.integers(-1, 20), st.booleans()), max_size=60))
@settings(max_examples=100)
def test_a_threshold_is_the_lowest_that_is_right_often_enough(pairs):
    sure, right = [one for one, _ in pairs], [good for _, good in pairs]

    def enough(least):
        held = [good for one, good in pairs if one >= max(least, 0)]
        return len(held) >= tagging.FEWEST_SURE and tagging.least(sum(held), len(held)) >= 0.8

    good = [least for least in sorted(set(sure)) if least >= 0 and enough(least)]
    assert tagging.threshold(sure, right, 0.8) == (good[0] if good else None)


def test_a_lucky_few_make_no_rule():
    assert tagging.threshold([5] * 10, [True] * 9 + [False], 0.8) is None
    assert tagging.threshold([5] * 100, [True] * 90 + [False] * 10, 0.8) == 5
    assert 0.80 < tagging.least(19, 20) < 0.95 < tagging.least(99, 99) < 1


def test_levels_follow_their_thresholds():
    assert [tagging.level(of, (400, 600, None)) for of in (399, 400, 599, 600, 999)] == [
        0, 1, 1, 2, 2,
    ]  # fmt: skip


@pytest.mark.realdata
def test_republique_numerique_is_tagged_as_surely_as_said(shared):
    held = bench.texts(shared / "data" / "republique-numerique" / "opinions.tar.gz")
    found, covered, right = bench.measured(held, 1_600)
    assert covered >= bench.COVERED and right >= 0.8
    assert found.thresholds[0] is not None
