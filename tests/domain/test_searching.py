import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import searching


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("médiateur", "Les médiateurs"),
        ("eleve", "élèves"),
        ("l'école", "L’ÉCOLE"),
        ("oeuvre", "Œuvres"),
        ("commune rurale", "communes rurales"),
        ("equipement", "équipements"),
        ("e\u0301cole", "école"),
        ("aujourd'hui", "aujourd’hui"),
        ("jusqu'ici", "ici"),
        ("1er", "1ᵉʳ"),
    ],
)
def test_finds_what_a_person_means(query, text):
    assert set(searching.terms(query)) <= set(searching.normalise(text).split())


def test_keeps_the_order_of_the_words():
    assert searching.normalise("Le très haut débit") == "le tres haut deb"


@given(st.text())
def test_gives_plain_words_whatever_comes(text):
    normalised = searching.normalise(text)
    assert normalised == " ".join(normalised.split())
    assert not set(normalised) & set("'\"()*:&|!\\-_%")


@given(st.text())
def test_a_few_short_terms(query):
    terms = searching.terms(query)
    assert len(terms) <= 12
    assert len(set(terms)) == len(terms)


def test_bounds():
    assert len(searching.terms(" ".join(f"mot{place}" for place in range(50)))) == 12
    assert len(searching.normalise("9" * 5000)) == 40
    assert searching.terms("chat Chats le chat") == ["chat", "le"]
    assert searching.terms("?! ... _") == []
