"""The words that tell what a text is about."""

from hypothesis import given
from hypothesis import strategies as st

from consult.domain import searching, words


def test_words_of_grammar_and_of_opinion_are_left_out():
    said = "Je pense qu'il faudrait, par exemple, 12 bibliothèques ouvertes à l'école du village !"
    assert words.terms(said) == searching.stems("bibliothèques ouvertes école village")
    assert words.terms("Et puis, tous les autres ne sont plus là.") == []


def test_the_same_word_gives_the_same_term_however_it_is_written():
    assert words.terms("L’ÉCOLE") == words.terms("ecole") == words.terms("écoles")


@given(st.text())
def test_any_text_has_terms(text):
    found = words.terms(text)
    assert all(len(term) >= words.SHORTEST and term not in words.STOPS for term in found)
    assert found == words.terms(text)


def test_a_stem_is_said_as_people_say_it():
    stems = words.terms("écoles gare")
    found = words.said(["L’École, les écoles", "des écoles et 12 ponts"], stems)
    assert found == {stems[0]: "écoles", stems[1]: stems[1]}
