"""Passages: cutting a text in sentences, joining those ticked, naming whoever wrote them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import passages
from consult.domain.errors import RuleBroken
from consult.domain.passages import Passage

TOLD = datetime(2026, 11, 1, tzinfo=UTC)


def cut(text):
    return [text[one.starts : one.ends] for one in passages.sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("Un banc.", ["Un banc."]),
        ("Un banc. Une lampe !  Et puis ?", ["Un banc.", "Une lampe !", "Et puis ?"]),
        ("Une ligne\n\nune autre", ["Une ligne", "une autre"]),
        ("Il dit : « Oui. » Puis rien.", ["Il dit : « Oui. » Puis rien."]),
        ("Version 2.0 du site. Élargir.", ["Version 2.0 du site.", "Élargir."]),
        ("etc. et la suite. 3 lieux.", ["etc. et la suite.", "3 lieux."]),
    ],
)
def test_a_text_is_cut_in_sentences(text, sentences):
    assert cut(text) == sentences


@given(st.text(alphabet=" \n.!?aéZ«»0", max_size=60))
def test_sentences_lose_nothing_but_spaces(text):
    found = passages.sentences(text)
    assert "".join("".join(cut(text)).split()) == "".join(text.split())
    assert all(one.starts < one.ends for one in found)
    assert all(one.ends <= other.starts for one, other in zip(found, found[1:], strict=False))


def test_sentences_that_follow_each_other_make_one_passage():
    text = "Un. Deux. Trois. Quatre."
    found = passages.joined(passages.sentences(text), {0, 1, 3})
    assert [text[one.starts : one.ends] for one in found] == ["Un. Deux.", "Quatre."]


@given(st.integers(1, 8), st.sets(st.integers(0, 7), min_size=1))
def test_joining_keeps_every_ticked_sentence(number, ticked):
    text = " ".join("Phrase." for _ in range(number))
    held = passages.sentences(text)
    ticked = {one for one in ticked if one < number}
    if not ticked:
        return
    found = passages.joined(held, ticked)
    inside = {
        place
        for place, one in enumerate(held)
        if any(run.starts <= one.starts and one.ends <= run.ends for run in found)
    }
    assert inside == ticked


@pytest.mark.parametrize(("ticked", "code"), [(set(), "missing"), ({5}, "unknown")])
def test_what_is_not_there_cannot_be_ticked(ticked, code):
    with pytest.raises(RuleBroken, match=f"passage-{code}"):
        passages.joined(passages.sentences("Une phrase."), ticked)


def test_a_quote_is_the_words_of_its_passage():
    assert passages.quote("Un banc ici", 3, 7) == "banc"


@pytest.mark.parametrize(("starts", "ends"), [(-1, 2), (2, 2), (3, 2), (0, 99), (2, 3)])
def test_a_passage_lies_in_its_text(starts, ends):
    with pytest.raises(RuleBroken, match="passage-unknown"):
        passages.quote("Un banc", starts, ends)


def test_the_text_of_a_source_is_its_body_else_its_title():
    assert passages.text_of("Titre", "Le texte.") == "Le texte."
    assert passages.text_of("Titre", " ") == "Titre"


def test_a_digest_changes_with_the_text_and_takes_anything():
    assert passages.digest("a") != passages.digest("b")
    assert len(passages.digest("\ud800")) == 64


@pytest.mark.parametrize(
    ("signed_as", "signature", "may"),
    [("name", "Ada", True), ("pseudonym", "A", True), ("organisation", "Le Lieu", True)]
    + [("none", "Ada", False), ("name", " ", False)],
)
def test_only_a_signed_text_may_be_named(signed_as, signature, may):
    assert passages.may_name(signed_as, signature) is may


def test_a_name_waits_seven_days_and_no_objection():
    after = TOLD + timedelta(days=7)
    assert passages.is_named(True, TOLD, None, after)
    assert not passages.is_named(True, TOLD, None, after - timedelta(seconds=1))
    assert not passages.is_named(True, TOLD, TOLD, after)
    assert not passages.is_named(True, None, None, after)
    assert not passages.is_named(False, TOLD, None, after)


def test_a_passage_is_two_numbers():
    assert Passage(1, 2) == (1, 2)
