import itertools
import re

from hypothesis import given
from hypothesis import strategies as st

from consult.domain import slugs


def test_a_title_becomes_words_and_hyphens():
    assert slugs.of("Construire la stratégie : l'œuvre du Grand Est !") == (
        "construire-la-strategie-l-oeuvre-du-grand-est"
    )


def test_a_title_without_letters_still_has_an_address():
    assert slugs.of("日本 ?!") == "sans-titre"


def test_a_long_title_is_cut_at_a_whole_word():
    assert slugs.of("médiation " * 20) == "-".join(["mediation"] * 7)


def test_the_second_and_the_third_get_a_number():
    assert list(itertools.islice(slugs.candidates("Le bus"), 3)) == [
        "le-bus",
        "le-bus-2",
        "le-bus-3",
    ]


@given(st.text(max_size=300))
def test_an_address_is_always_short_and_plain(title):
    last = next(itertools.islice(slugs.candidates(title), 9_000, None))
    for slug in (slugs.of(title), last):
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
        assert len(slug) <= slugs.LIMIT
