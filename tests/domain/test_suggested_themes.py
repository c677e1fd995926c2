"""Suggested themes: found where they are plain, the same each time, none where nothing is sure."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import suggested_themes as bench
from consult.domain import suggested_themes, words
from tests import suggesting


def terms(pairs):
    return [words.terms(text) for _subject, text in pairs]


def subjects(pairs, found):
    return [{pairs[place][0] for place in one.texts} for one in found]


def test_plain_themes_are_found_and_the_rest_stays_outside():
    pairs = suggesting.texts()
    heard = []
    found = suggested_themes.suggest(terms(pairs), {}, lambda: heard.append(1))
    assert sorted(map(sorted, subjects(pairs, found))) == [["soin"], ["train"]]
    assert all(len(one.texts) >= 15 and one.stability >= 0.7 for one in found)
    for one in found:
        (subject,) = {pairs[place][0] for place in one.texts}
        assert set(one.stems) <= set(words.terms(" ".join(suggesting.SUBJECTS[subject])))
        assert list(one.near) == sorted(one.near, reverse=True)
    assert len(heard) == 1 + suggested_themes.TURNS
    again = suggested_themes.suggest(terms(pairs), {})
    assert again == found, "the same texts and the same seed give the same"


def test_nothing_is_suggested_when_nothing_is_sure():
    chance = random.Random(3)
    noise = [chance.sample(suggesting.OTHER, 9) for _one in range(120)]
    assert suggested_themes.suggest(noise, {}) == []
    few = terms(suggesting.texts(each=10, apart=0))
    assert suggested_themes.suggest(few, {}) == []
    assert suggested_themes.suggest([[]] * 40, {}) == []
    assert suggested_themes.suggest([["mot"]] * 40, {}) == []


def test_what_people_named_keeps_its_texts_and_takes_the_new_ones():
    pairs = suggesting.texts()
    trains = [place for place, (subject, _text) in enumerate(pairs) if subject == "train"]
    more = [("train", "le train part du quai et le billet se prend au guichet de la gare")]
    found = suggested_themes.suggest(terms(pairs + more), {"Les trains": trains[:6]})
    assert found[0].known == "Les trains"
    assert len(pairs) in found[0].texts and subjects(pairs, found[1:]) == [{"soin"}]
    assert [one.known for one in found[1:]] == [None]
    named = {"Les trains": trains[:6], "Rien": []}
    assert [one.known for one in suggested_themes.suggest([["a"]], named)] == list(named)
    empty = suggested_themes.suggest([[]] * 40, named)
    assert [(one.known, one.texts) for one in empty] == [("Les trains", ()), ("Rien", ())]
    both = suggested_themes.suggest(terms(pairs), {"Les trains": trains, "Rien": []})
    assert (both[1].known, both[1].texts) == ("Rien", ())


def test_so_many_texts_are_sampled(monkeypatch):
    monkeypatch.setattr(suggested_themes, "SAMPLE", 60)
    pairs = suggesting.texts(each=60)
    found = suggested_themes.suggest(terms(pairs), {})
    assert sorted(map(sorted, subjects(pairs, found))) == [["soin"], ["train"]]
    assert all(len(one.texts) >= 45 for one in found)


def test_what_stops_the_search_comes_out():
    def stop():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        suggested_themes.suggest(terms(suggesting.texts()), {}, stop)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=6), min_size=30, max_size=45))
def test_each_text_is_in_one_theme_at_most(texts):
    found = suggested_themes.suggest(texts, {"kept": [0, 1, 2]})
    placed = [place for one in found for place in one.texts]
    assert len(placed) == len(set(placed))
    assert found[0].known == "kept"


@pytest.mark.realdata
def test_republique_numerique_has_themes_that_come_back(shared):
    places = bench.sections(shared / "data/republique-numerique/opinions.tar.gz")
    assert (len(places), sum(map(len, places.values()))) == (18, 4_690)
    some = {name: places[name] for name in ("88", "91", "111", "106")}
    found = bench.searched(some)
    assert found == bench.searched(some), "the same texts give the same themes"
    told = {name: {stem for one in many for stem in one.stems} for name, many in found.items()}
    assert {"logiciel", "lanceur"} <= told["88"]
    assert "esport" in told["91"] and "cabin" in told["111"]
    held = sum(len(one.texts) for many in found.values() for one in many)
    assert held < sum(map(len, some.values())) / 2, "most texts stay unclassified"
