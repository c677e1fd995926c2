"""Key terms: what tells a theme from the others, and nothing where nothing does."""

import random

import pytest

from consult.domain import key_terms, searching, words
from consult.domain.key_terms import Text

EVENING = "La bibliothèque pourrait ouvrir le soir pour les familles du quartier"
ROADS = "Les pistes cyclables du quartier manquent de lumière pour les familles"
ENGLISH = "The library would be open for the families with their children"


def texts(said, number=40, again=False):
    return [Text(frozenset(words.terms(said)), again) for _one in range(number)]


def stems(found):
    return {name: [one.stem for one in terms] for name, terms in found.items()}


def test_a_theme_is_told_by_what_the_others_do_not_say():
    found = stems(key_terms.telling({"evening": texts(EVENING), "roads": texts(ROADS)}))
    assert {"bibliothequ", "ouvr", "soir"} <= set(found["evening"])
    assert {"pist", "cyclabl", "lumi"} <= set(found["roads"])
    assert not {"quarti", "famill"} & {*found["evening"], *found["roads"]}


def test_a_term_has_its_number_of_texts_and_its_shares():
    here = [*texts(EVENING, 30), *texts(ROADS, 10)]
    found = key_terms.telling({"evening": here, "roads": texts(ROADS, 40)})
    term = next(one for one in found["evening"] if one.stem == "soir")
    assert (term.texts, term.share, term.elsewhere) == (30, 0.75, 0.0)


@pytest.mark.parametrize(
    "places",
    [
        {},
        {"evening": texts(EVENING)},
        {"evening": texts(EVENING), "roads": texts(ROADS, 29)},
        {"evening": [*texts(EVENING, 29), *texts(EVENING, 40, again=True)], "roads": texts(ROADS)},
    ],
)
def test_nothing_is_told_of_too_few_texts_nor_of_one_place(places):
    assert key_terms.telling(places) == {}


def test_nothing_tells_places_that_say_the_same():
    chance = random.Random(3)
    said = [EVENING, ROADS]
    mixed = {
        name: [texts(chance.choice(said), 1)[0] for _one in range(60)] for name in ("a", "b", "c")
    }
    assert stems(key_terms.telling(mixed)) == {"a": [], "b": [], "c": []}


def test_a_campaign_weighs_once_and_is_counted_each_time():
    sent = "Sauvons la fontaine"
    few = [*texts(EVENING), *texts(sent, 4), *texts(sent, 200, again=True)]
    assert "fontain" not in stems(key_terms.telling({"a": few, "b": texts(ROADS)}))["a"]
    more = [*texts(EVENING), *texts(sent, 15), *texts(sent, 200, again=True)]
    found = key_terms.telling({"a": more, "b": texts(ROADS)})["a"]
    assert next(one for one in found if one.stem == "fontain").texts == 215


def test_the_grammar_of_another_language_tells_nothing():
    found = stems(key_terms.telling({"english": texts(ENGLISH), "roads": texts(ROADS)}))
    assert {"library", "open"} <= set(found["english"])
    assert not {"the", "would", "their", "with"} & set(found["english"])


def test_the_order_of_texts_and_places_changes_nothing():
    places = {"a": [*texts(EVENING), *texts(ROADS, 5)], "b": texts(ROADS), "c": texts(ENGLISH)}
    turned = {name: places[name][::-1] for name in ("c", "a", "b")}
    assert key_terms.telling(turned) == key_terms.telling(places)
    assert all(len(found) <= key_terms.MOST for found in key_terms.telling(places).values())


def test_the_terms_of_a_text_are_among_the_stems_of_the_search():
    search = searching.normalise("Les 12 bibliothèques du quartier, en soirée")
    assert key_terms.terms_of(search) == {"bibliothequ", "quarti", "soir"}
