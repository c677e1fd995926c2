"""What a text may hold: signs that say where to look."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import signs


@pytest.mark.parametrize(
    "text",
    [
        "Appelez le 06 12 34 56 78.",
        "0612345678",
        "06.12.34.56.78",
        "06-12-34-56-78 le soir",
        "+33 6 12 34 56 78",
        "+33 (0)6 12 34 56 78",
        "0033612345678",
        "+687 26.34.56",
        "+262 692 12 34 56",
    ],
)
def test_a_phone_number_is_seen(text):
    assert signs.of(text) == [signs.PHONE]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "En 2017, 34 969 communes",
        "Il y a 10 000 000 d'euros pour 1 255 EPCI",
        "Le 12/03/2024 à 14 h 30",
        "Le code 54000",
        "FR76 trois lettres",
        "un arobase @ seul",
    ],
)
def test_other_figures_are_no_sign(text):
    assert signs.of(text) == []


def test_an_address_and_an_account_are_seen():
    assert signs.of("Écrivez à ada.lovelace+x@exemple.co.fr, merci") == [signs.EMAIL]
    assert signs.of("Payez sur FR76 3000 6000 0112 3456 7890 189 svp") == [signs.IBAN]
    assert signs.of("FR7630006000011234567890189") == [signs.IBAN]
    assert signs.of("FR76 3000 6000 0112 3456 7890 188") == []


def test_watched_words_are_whole_words_without_case_nor_accents():
    words = signs.watched("Escroc\n\n  pauvre   TYPE \nescroc\nété\n!!!")
    assert words == ["escroc", "pauvre type", "ete"]
    assert signs.of("C'est un ESCROC !", words) == [signs.WORD]
    assert signs.of("Quel pauvre\ntype.", words) == [signs.WORD]
    assert signs.of("L’Été prochain", words) == [signs.WORD]
    assert signs.of("une escroquerie", words) == []
    assert signs.of("un escroc", []) == []


def test_a_list_of_words_has_an_end():
    assert len(signs.watched("\n".join(f"mot{n}" for n in range(2_000)))) == signs.MOST_WORDS


def test_every_sign_has_its_words():
    assert set(signs.LABELS) == {signs.PHONE, signs.EMAIL, signs.IBAN, signs.WORD}


@given(st.text(max_size=400))
def test_any_text_is_read(text):
    assert set(signs.of(text, ["un"])) <= set(signs.LABELS)


@pytest.mark.parametrize(
    "text",
    ["0" * 20_000, "a" * 20_000, "a.a." * 5_000, "FR76 " * 4_000, "0 1" * 6_000, "@a." * 6_000],
)
def test_a_long_text_is_read_quickly(text):
    start = time.process_time()
    signs.of(text, ["mot"])
    assert time.process_time() - start < 2
