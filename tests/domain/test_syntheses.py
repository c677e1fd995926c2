"""A composed synthesis: the same state gives the same bytes, and comes back whole."""

from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.syntheses import arranged, composed, picks
from consult.domain.syntheses.composed import Composed, Figures, Part, Quote

WHOLE = Composed(
    slug="avenir",
    title="Synthèse : =1+1 <script> \u202e‮عربي",
    locale="fr",
    consultation="Avenir",
    asked_by="La mairie",
    period="du 1er mars au 2 avril",
    number=1,
    parts=(
        Part("a", "chapter", "Chapitre", "1", "Services"),
        Part(
            "b",
            "finding",
            "Constat",
            "1.1",
            body="Un.\n\nDeux.",
            details=(("Porté par", "La MJC"),),
            figures=Figures("Réponses", ("Lieu", "Nombre"), (("Nancy", 12),)),
            quotes=(Quote("Ouvert le soir", "Amina", "Nancy", "/answers/1", "answer"),),
        ),
    ),
    counts=(("Textes", 2), ("Lus", 2)),
    credits=("Amina",),
    labels={"method": "Méthode"},
)


def test_what_people_are_said_to_say_without_a_passage_is_found() -> None:
    bare = replace(WHOLE.parts[1], id="c", quotes=())
    figure = replace(bare, id="d", kind="figure")
    whole = replace(WHOLE, parts=(*WHOLE.parts, bare, figure))
    assert composed.unproven(whole) == [bare]


def test_it_comes_back_whole_from_its_text() -> None:
    text = composed.canonical(WHOLE)
    assert composed.read(text) == WHOLE
    assert composed.canonical(composed.read(text)) == text


def test_its_digest_changes_with_any_of_its_words() -> None:
    text = composed.canonical(WHOLE)
    assert len(composed.digest(text)) == 64
    assert composed.digest(text) != composed.digest(text.replace("Deux", "Trois"))


def test_a_number_without_a_point_begins_a_chapter() -> None:
    chapter, finding = WHOLE.parts
    assert chapter.is_chapter and not finding.is_chapter


RANKS = st.lists(st.sampled_from([1, 2, 3]), min_size=1, max_size=12)


@given(RANKS)
def test_every_block_has_its_own_number_and_chapters_alone_have_no_point(ranks):
    numbers = arranged.numbers(ranks)
    assert len(set(numbers)) == len(ranks)
    assert [("." not in number) for number in numbers] == [rank == 1 for rank in ranks]
    assert numbers == sorted(numbers, key=lambda text: [int(part) for part in text.split(".")])


def test_numbers_follow_chapters_and_sections():
    found = arranged.numbers([3, 1, 3, 2, 3, 3, 2, 1, 2, 3])
    assert found == ["0.1", "1", "1.1", "1.2", "1.2.1", "1.2.2", "1.3", "2", "2.1", "2.1.1"]


@given(RANKS, st.data(), st.booleans())
def test_moving_loses_nothing_and_stops_at_the_ends(ranks, data, up):
    here = data.draw(st.integers(0, len(ranks) - 1))
    order = list(range(len(ranks)))
    found = arranged.moved(order, ranks, here, up=up)
    assert sorted(found) == order
    if here == 0 and up:
        assert found == order
    others = [one for one in found if one != here]
    if ranks[here] == 3:
        assert others == [one for one in order if one != here]
        assert abs(found.index(here) - here) <= 1


@pytest.mark.parametrize(
    ("order", "here", "up", "moved"),
    [
        ("A a1 B b1", "B", True, "B b1 A a1"),
        ("A a1 B b1", "A", False, "B b1 A a1"),
        ("A a1 B b1", "A", True, "A a1 B b1"),
        ("A a1 B b1", "B", False, "A a1 B b1"),
        ("A a1 B b1", "b1", True, "A a1 b1 B"),
        ("A s1 x s2 y", "s2", True, "A s2 y s1 x"),
        ("A s1 x B", "s1", False, "A B s1 x"),
        ("x A y", "A", True, "A y x"),
    ],
)
def test_a_chapter_or_a_section_goes_with_what_it_holds(order, here, up, moved):
    names = order.split()
    ranks = [1 if name.isupper() else 2 if name[0] == "s" else 3 for name in names]
    assert " ".join(arranged.moved(names, ranks, names.index(here), up=up)) == moved


class Weighed(NamedTuple):
    id: str
    agree: int = 0
    mixed: int = 0
    disagree: int = 0


def test_a_few_happy_voices_do_not_come_before_a_thousand():
    many, few, torn = Weighed("a", 900, 50, 50), Weighed("b", 3), Weighed("c", 1824, 0, 1403)
    assert picks.supported([few, torn, many], 2) == [many, torn]
    assert picks.dividing([few, torn, many], 5) == [torn]
    assert picks.dividing([Weighed("d", 4, 0, 4), Weighed("e", 5, 90, 5)], 5) == []


@given(st.lists(st.integers(0, 10**6), unique=True, max_size=8), st.randoms())
def test_what_nobody_weighed_is_drawn_by_lot_whatever_the_order(keys, chance):
    texts = [Weighed(str(key)) for key in keys]
    first = picks.supported(texts, 3)
    chance.shuffle(texts)
    assert picks.supported(texts, 3) == first


def test_a_small_consultation_begins_with_fewer_texts():
    assert (picks.most(0), picks.most(29), picks.most(30)) == (2, 2, 3)


@given(st.text("ab é.!?\n", max_size=1_200))
def test_a_passage_is_of_its_text_short_and_begins_it(text):
    found = picks.passage(text)
    if found is None:
        assert not text.strip()
        return
    starts, ends = found
    assert 0 <= starts < ends <= len(text) and ends - starts <= picks.LONGEST
    assert not text[:starts].strip()
    assert text[starts:ends] == text[starts:ends].strip()


def test_a_passage_ends_with_a_sentence_or_at_a_word():
    assert picks.passage("Un. Deux.") == (0, 9)
    long = "mot " * 200
    starts, ends = picks.passage(f"Début.\n\n{long}.")
    assert (starts, ends) == (0, 6)
    starts, ends = picks.passage(long)
    assert ends <= picks.LONGEST and long[:ends].endswith("mot")
    assert picks.passage("x" * 900) == (0, picks.LONGEST)


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers(1, 30), max_size=6))
def test_no_number_below_five_is_told_nor_can_be_found(counts):
    rows = dict(picks.masked(counts, "Autres"))
    assert all(number >= picks.MASKED_BELOW for number in rows.values())
    total = sum(counts.values())
    assert sum(rows.values()) == (total if total >= picks.MASKED_BELOW else 0)


def test_a_text_that_no_file_can_hold_still_has_bytes_and_a_digest():
    assert composed.encoded("é\ud800") == "é?".encode()
    assert composed.digest("\ud800") == composed.digest("?") != composed.digest("é")


def test_the_parts_that_quote_a_text_come_in_order_once_each():
    def part(key, *texts):
        quotes = tuple(composed.Quote("x", statement=one) for one in texts)
        return composed.Part(key, "finding", "Constat", key, quotes=quotes)

    parts = (part("1", "a", "b", "a"), part("2", ""), part("3", "b"))
    whole = composed.Composed("s", "t", "fr", "c", "a", "p", 1, parts=parts)
    found = composed.quoting(whole)
    assert {key: [one.id for one in held] for key, held in found.items()} == {
        "a": ["1"],
        "b": ["1", "3"],
    }
