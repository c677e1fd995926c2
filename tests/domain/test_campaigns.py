"""Texts of campaigns: found whatever the order, around one text, and nobody else is drawn in."""

import json
import random
import tarfile
import unicodedata

import pytest

from bench import campaigns as bench
from consult.domain import campaigns

MODEL = (
    "Nous demandons que chaque commune garde un lieu où des personnes aident, sans rendez-vous, "
    "celles qui ne savent pas remplir un dossier en ligne, et que ce lieu soit payé chaque année."
)
OTHER = (
    "Les horaires des permanences changent sans prévenir : il faudrait les afficher devant la "
    "mairie, les dire au téléphone et les tenir au moins jusqu'à la fin du mois en cours."
)


def folded(text):
    plain = unicodedata.normalize("NFKD", text)
    return "".join(one for one in plain if not unicodedata.combining(one)).upper()


COPIES = {
    "same": MODEL,
    "folded": folded(MODEL),
    "signs": MODEL.replace(",", " ;").replace("'", "’"),
    "changed": MODEL.replace("commune", "ville").replace("dossier", "formulaire"),
    "longer": f"Bonjour à toutes et à tous. {MODEL} Merci de nous lire jusqu'au bout.",
    "cut": MODEL[: len(MODEL) * 3 // 4],
}


def groups(texts):
    return {frozenset(one.members) for one in campaigns.find(texts)}


@pytest.mark.parametrize("kind", COPIES)
def test_each_kind_of_copy_is_found(kind):
    texts = [("a", MODEL), ("b", OTHER), ("c", COPIES[kind])]
    assert groups(texts) == {frozenset("ac")}


def test_the_order_changes_nothing_and_the_text_sent_most_leads():
    texts = [*COPIES.items(), ("again", MODEL), ("alone", OTHER)]
    expected = {frozenset(COPIES) | {"again"}}
    chance = random.Random(1)
    for _turn in range(20):
        chance.shuffle(texts)
        (found,) = campaigns.find(texts)
        assert {frozenset(found.members)} == expected
        assert found.leader == found.members[0]
        assert found.leader in {"same", "again", "folded", "signs"}


def test_short_answers_are_answers():
    texts = [(str(n), text) for n, text in enumerate(["Oui", "Oui.", "", "Je suis d'accord"] * 9)]
    assert campaigns.find(texts) == [] == campaigns.find([])


def test_texts_of_two_words_have_nothing_to_compare():
    assert campaigns.find([("a", "Oui merci"), ("b", "Non"), ("c", "Oui merci")]) == []


def test_a_leader_that_no_band_has_room_for_leads_its_own_copies_alone(monkeypatch):
    monkeypatch.setattr(campaigns, "CROWD", 0)
    assert groups([("a", MODEL), ("b", MODEL), ("c", COPIES["changed"])]) == {frozenset("ab")}


def test_look_alikes_of_look_alikes_are_not_chained():
    words = [f"mot{place}" for place in range(90)]
    texts = [(str(start), " ".join(words[start : start + 30])) for start in range(0, 60, 6)]
    for one in campaigns.find(texts):
        starts = sorted(int(name) for name in one.members)
        assert max(abs(int(one.leader) - start) for start in starts) <= 12


def test_a_sentence_lost_in_a_long_text_is_not_a_copy():
    long = f"{MODEL} " + " ".join(f"mot{place} autre{place}" for place in range(200))
    assert campaigns.find([("a", MODEL), ("b", long)]) == []


def test_many_texts_are_read_by_parts(monkeypatch):
    texts = [(f"{n}-{kind}", f"{text} fin {n}") for n in range(5) for kind, text in COPIES.items()]
    texts += [(f"o{n}", f"{OTHER} {n}") for n in range(3)]
    whole = groups(texts)
    monkeypatch.setattr(campaigns, "AT_ONCE", 4)
    monkeypatch.setattr(campaigns, "CROWD", 1)
    assert groups(texts) == whole and len(whole) == 2


@pytest.mark.realdata
def test_campaigns_hidden_in_real_texts_are_found(shared):
    texts = []
    with tarfile.open(shared / "data/republique-numerique/opinions.tar.gz") as archive:
        for member in archive.getmembers():
            held = archive.extractfile(member)
            if held is not None and (found := held.read().strip()):
                opinion = json.loads(found)["opinion"]
                texts += [opinion["body"], *(one["body"] for one in opinion["arguments"])]
    assert len(texts) == 4_690
    planted = bench.planted(10_000, texts)
    found = campaigns.find((name, text) for name, text, _campaign in planted)
    precision, recall = bench.score(planted, found)
    assert precision >= 0.99 and recall >= 0.95
