"""Positions that people declare: counted by person, shown from five people and 1 % on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import positions, signatures
from consult.domain.positions import Voice

VOICES = st.lists(
    st.builds(
        Voice,
        id=st.uuids().map(str),
        person=st.sampled_from([f"p{number}" for number in range(20)]),
        positions=st.lists(st.sampled_from("abcd"), max_size=2).map(tuple),
    ),
    max_size=60,
)


def test_what_is_declared_is_what_people_said_of_themselves():
    assert positions.declared("for", None, "place", "") == ("side:for", "actor:place")
    assert positions.declared(None, -1, None, "") == ("side:against",)
    assert positions.declared(None, 0, None, "Bénévole") == ("side:mixed", "from:benevol")
    assert positions.declared("against", 1, None, "") == ("side:against",)
    assert positions.declared(None, None, None, "") == ()


@pytest.mark.parametrize(
    ("people", "needed"), [(0, 5), (10, 5), (500, 5), (501, 6), (600, 6), (601, 7), (10_000, 100)]
)
def test_a_position_needs_one_percent_and_five_people_at_least(people, needed):
    assert positions.enough(people) == needed


def test_one_person_who_writes_often_is_one_person():
    often = [Voice(str(n), "ada", ("side:for",)) for n in range(50)]
    assert positions.held(often) == {}
    others = [Voice(f"o{n}", f"p{n}", ("side:for",)) for n in range(4)]
    assert positions.held([*often, *others]) == {"side:for": 5}


@given(VOICES)
def test_the_positions_held_do_not_depend_on_the_order(voices):
    found = positions.held(voices)
    assert list(found.items()) == list(positions.held(voices[::-1]).items())
    everyone = {one.person for one in voices}
    for name in "abcd":
        people = {one.person for one in voices if name in one.positions}
        assert found.get(name, 0) == (
            len(people) if len(people) >= max(5, len(everyone) / 100) else 0
        )


def test_what_nothing_quoted_speaks_for_is_missing():
    held = {"side:for": 9, "actor:place": 6, "side:against": 5}
    assert positions.missing(held, {"side:for"}) == ["actor:place", "side:against"]


@pytest.mark.parametrize(
    ("people", "quoted", "found"),
    [
        ({"for": 8, "against": 6}, {"for"}, ("against", 6)),
        ({"for": 8, "against": 6}, {"against", "mixed"}, ("for", 8)),
        ({"for": 8, "against": 6}, {"for", "against"}, None),
        ({"for": 8, "against": 6}, set(), None),
        ({"for": 8, "against": 4}, {"for"}, None),
        ({"for": 8}, {"for"}, None),
    ],
)
def test_a_chapter_that_quotes_one_side_is_told_of_the_other(people, quoted, found):
    assert positions.side_left_out(people, 20, quoted) == found


def test_a_side_of_five_among_a_thousand_is_not_missed():
    assert positions.side_left_out({"for": 900, "against": 9}, 1_000, {"for"}) is None


def test_positions_have_words():
    words = positions.spoken(
        [(("actor:place", "from:benevol"), "bénévole"), (("from:benevol",), "Bénévole")]
    )
    assert words == {"from:benevol": "Bénévole"}
    actors = signatures.ACTOR_LABELS
    assert positions.label_of("side:for", words, actors) == "For"
    assert positions.label_of("actor:place", words, actors) == actors["place"]
    assert positions.label_of("actor:other", words, actors) == "other"
    assert positions.label_of("from:benevol", words, actors) == "Bénévole"
    assert positions.label_of("from:elu", {}, actors) == "elu"
