"""What is shown of a place: passages that stand for many, every position, whatever the order."""

import random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from consult.domain import positions, selections
from consult.domain.positions import Voice
from consult.domain.selections import Text

SUBJECTS = [
    "La bibliothèque du quartier devrait ouvrir le soir pour les familles et les étudiants",
    "Les pistes cyclables manquent de lumière et la chaussée devient dangereuse en hiver",
    "La cantine scolaire gaspille trop de pain et de légumes chaque semaine de l'année",
    "Le médecin généraliste part en retraite et aucun cabinet ne reprend ses patients",
]
LONE = "Une fontaine d'eau fraîche manque sous les platanes devant la vieille gare abandonnée"


def body(number):
    ends = ["à mon sens", "depuis longtemps", "dans la commune", "selon mes voisins"]
    return f"{SUBJECTS[number % 4]}, {ends[number // 4 % 4]} et {ends[number // 3 % 4]}."


def text(number, *declared, said=None, leader=None, person=None):
    name = f"t{number:03}"
    voice = Voice(name, person or f"p{number}", declared)
    return Text(name, body(number) if said is None else said, voice, leader)


def many(number=60):
    return [text(one, "side:for") for one in range(number)]


def shown(found):
    return [one.id for one in found.verbatims]


def test_the_passages_stand_for_each_subject():
    found = selections.select(many())
    assert {int(one[1:]) % 4 for one in shown(found)} == {0, 1, 2, 3}
    assert found.texts == 60 and found.covered == 1.0
    assert len(found.verbatims) <= selections.NUMBER
    assert all(not one.kept_for for one in found.verbatims)
    held = {one.id: one.body for one in many()}
    for one in found.verbatims:
        assert 60 <= len(held[one.id][one.starts : one.ends]) <= 600


def test_the_order_of_the_texts_changes_nothing():
    texts = [*many(), text(90, "side:against"), *(text(n, "actor:place") for n in range(91, 97))]
    first = selections.select(texts)
    for seed in range(3):
        random.Random(seed).shuffle(texts)
        assert selections.select(texts) == first


@pytest.mark.parametrize(
    "texts",
    [
        [],
        many(29),
        [*many(29), *(text(n, leader="t000", said=body(0)) for n in range(40, 80))],
        [text(n, said="") for n in range(60)],
    ],
)
def test_too_little_to_choose_from_shows_nothing(texts):
    found = selections.select(texts)
    assert found.verbatims == () and found.covered == 0


def test_where_few_passages_stand_for_nobody_none_is_shown():
    chance = random.Random(5)
    words = [f"{a}{b}{c}o" for a in "bdfglmp" for b in "aiu" for c in "bdfglmp"]
    texts = [text(n, said=" ".join(chance.sample(words, 14))) for n in range(120)]
    found = selections.select(texts)
    assert found.verbatims == () and found.covered == 0
    assert found.texts == 120


def test_texts_that_share_no_word_are_all_alone():
    texts = [
        text(n, said=" ".join(f"b{n}{letter}o" for letter in "cdfghjklmnpqrs")) for n in range(40)
    ]
    found = selections.select(texts)
    assert found.verbatims == () and len(found.alone) == 40


def test_nearly_identical_texts_count_once_and_speak_for_all_who_sent_them():
    copies = [text(n, "side:against", said=body(0), leader="t000") for n in range(100, 400)]
    found = selections.select([*many(), *copies])
    assert found.texts == 60
    assert found.positions == {"side:against": 300, "side:for": 60}
    leading = [one for one in found.verbatims if one.id == "t000"]
    assert leading and not {one[1:] for one in shown(found)} & {str(n) for n in range(100, 400)}


def test_a_group_whose_leader_is_elsewhere_has_its_first_text():
    copies = [text(n, said=LONE, leader="gone") for n in range(100, 140)]
    found = selections.select([*many(), *copies])
    assert found.texts == 61
    assert found.alone == ("t100",)


def test_a_link_tells_nothing():
    assert selections.terms_of("Voir https://pistes.example/cyclables, la fontaine") == [
        "voir",
        "fontain",
    ]


def test_a_text_that_resembles_no_other_is_listed():
    found = selections.select([*many(), text(90, said=LONE), text(91, said="Oui")])
    assert found.alone == ("t090",)


def test_a_position_of_five_people_has_its_passage():
    against = [text(n, "side:against", said=body(0)) for n in range(100, 105)]
    found = selections.select([*many(), *against])
    kept = [one for one in found.verbatims if one.kept_for]
    assert [one.kept_for for one in kept] == [("side:against",)] or any(
        one.id in {"t100", "t101", "t102", "t103", "t104"} for one in found.verbatims
    )
    fewer = selections.select([*many(), *against[:4]])
    assert fewer.positions == {"side:for": 60}
    assert all(not one.kept_for for one in fewer.verbatims)


@pytest.mark.parametrize("said", ["Non.", "non " * 400, f"{'x' * 590} yyyyy zzzzzzzzz"])
def test_a_position_said_in_no_fit_passage_keeps_what_it_says(said):
    against = [text(n, "side:against", said=said) for n in range(100, 106)]
    found = selections.select([*many(), text(99, "side:against", said=" "), *against])
    (kept,) = [one for one in found.verbatims if one.kept_for == ("side:against",)]
    assert kept.id != "t099"
    assert 0 < kept.ends - kept.starts <= 600


def test_a_position_without_a_word_has_no_passage():
    silent = [text(n, "side:against", said="") for n in range(100, 106)]
    found = selections.select([*many(), *silent])
    assert "side:against" in found.positions
    assert all(not one.kept_for for one in found.verbatims)


def test_of_too_many_texts_some_are_drawn_always_the_same(monkeypatch):
    monkeypatch.setattr(selections, "MOST_CANDIDATES", 8)
    assert selections.select(many()) == selections.select(many()[::-1])


@settings(max_examples=20, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    st.lists(
        st.lists(
            st.sampled_from(["side:for", "side:against", "actor:place", "actor:state"]), max_size=2
        ),
        min_size=40,
        max_size=50,
    )
)
def test_each_position_that_counts_has_its_passage(declared):
    texts = [text(n, *dict.fromkeys(one)) for n, one in enumerate(declared)]
    found = selections.select(texts)
    voices = {one.id: one.voice.positions for one in texts}
    quoted = {position for one in shown(found) for position in voices[one]}
    assert found.positions == positions.held(one.voice for one in texts)
    assert not positions.missing(found.positions, quoted)
