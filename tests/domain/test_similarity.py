from hypothesis import given
from hypothesis import strategies as st

from consult.domain import searching, similarity

IDEAS = {
    "wifi": "Installer le wifi gratuit dans toutes les bibliothèques municipales",
    "bus": "Augmenter la fréquence des bus le dimanche",
    "again": "Wifi gratuit dans les bibliothèques de la ville",
}
KNOWN = [(name, searching.normalise(text)) for name, text in IDEAS.items()]


def test_offers_what_says_the_same():
    found = similarity.alike("Du wifi gratuit pour les bibliothèques", KNOWN)
    assert [name for name, _ in found] == ["again", "wifi"]
    assert all(similarity.THRESHOLD <= score <= 1 for _, score in found)


def test_the_same_text_scores_one():
    assert similarity.alike(IDEAS["bus"], KNOWN) == [("bus", 1.0)]


def test_common_words_do_not_make_a_likeness():
    assert similarity.alike("Pour les personnes dans la ville", KNOWN) == []
    assert similarity.alike("dans les", KNOWN, threshold=0.01) == []
    assert similarity.alike("", [("empty", "")], threshold=0.01) == []


def test_at_most_so_many():
    same = [(str(place), KNOWN[0][1]) for place in range(20)]
    assert len(similarity.alike(IDEAS["wifi"], same)) == 5
    assert len(similarity.alike(IDEAS["wifi"], same, most=2)) == 2


def test_nearly_the_same_texts_are_grouped_in_order():
    sent = (
        "Je demande un bus de nuit entre Nancy et Toul le samedi soir",
        "Augmenter la fréquence des bus le dimanche dans les quartiers du nord",
        "JE DEMANDE un bus de nuit, entre Nancy et Toul, le samedi soir !",
        "Oui",
        "oui",
        "Je demande un bus de nuit entre Nancy et Toul le samedi soir. Merci",
    )
    texts = [(str(place), searching.normalise(text)) for place, text in enumerate(sent)]
    assert similarity.repeated(texts) == [["0", "2", "5"]]
    assert similarity.repeated(reversed(texts)) == [["5", "2", "0"]]
    assert similarity.repeated([]) == []


def plainly(texts, threshold):
    """The same groups, each text compared with each group."""
    groups = []
    for name, stems in texts:
        ours = set(stems.split())
        if len(ours) < 5:
            continue
        for first, names in groups:
            if len(ours & first) / (len(ours) * len(first)) ** 0.5 >= threshold:
                names.append(name)
                break
        else:
            groups.append((ours, [name]))
    return [names for _first, names in groups if len(names) > 1]


STEMS = [f"mot{letter}" for letter in "abcdefghijkl"]


@given(st.lists(st.sets(st.sampled_from(STEMS), max_size=12), max_size=30))
def test_looking_at_the_rarest_stems_first_finds_the_same_groups(sets):
    texts = [(str(place), " ".join(sorted(one))) for place, one in enumerate(sets)]
    assert similarity.repeated(texts) == plainly(texts, similarity.NEARLY_SAME)
