import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import places


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Nancy", "nancy"),
        ("  NOUMÉA ", "noumea"),
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("St-Étienne", "saint etienne"),
        ("Ste  Marie", "sainte marie"),
        ("Œuilly", "oeuilly"),
        ("%_", ""),
        ("", ""),
    ],
)
def test_a_name_is_compared_without_accents_case_nor_hyphens(typed, key):
    assert places.key(typed) == key


def test_a_long_paste_is_cut():
    assert len(places.key("a" * 10_000)) == places.TYPED_LIMIT


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("54000", "54000"),
        (" 54 000 ", "54000"),
        ("75011 Paris", "75011"),
        ("Saint-Denis  97400", "97400"),
        ("54000 2", None),
        ("5400", None),
        ("540000", None),
        ("Nancy", None),
        ("٥٤٠٠٠", None),
    ],
)
def test_a_postcode_is_five_digits(typed, code):
    assert places.postcode(typed) == code


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("54", "54"),
        (" 1 ", "01"),
        ("2a", "2A"),
        ("988", "988"),
        ("54000", None),
        ("2C", None),
        ("Nancy", None),
        ("٥٤", None),
        ("", None),
    ],
)
def test_a_departement_is_named_by_its_number(typed, number):
    assert places.number(typed) == number


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Paris 11", "paris 11"),
        ("PARIS 11ème", "paris 11"),
        ("Paris, 11e arrondissement", "paris 11"),
        ("paris11", "paris 11"),
        ("Lyon 03", "lyon 3"),
        ("Marseille 1er", "marseille 1"),
        ("Marseille 1er arrondissement", "marseille 1"),
        ("Lyon 2nd Arr.", "lyon 2"),
        ("Paris", None),
        ("11e", None),
        ("Paris 111", None),
        ("Paris XI", None),
        ("75011", None),
        ("", None),
    ],
)
def test_an_arrondissement_is_named_by_its_number(typed, words):
    assert places.district(typed) == words


def test_a_path_begins_with_those_it_lies_in():
    region = places.path("R-44", places.path("FR"))
    assert places.path("D-54", region) == "FR/R-44/D-54/"


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Océan Indien", "G-oceanindien"),
        ("Hub " + "x" * 90, "G-hubxxxxxxxxxxx"),
        ("海", "G-groupe"),
    ],
)
def test_the_code_of_a_grouping_comes_from_its_name(name, stem):
    assert places.stem(name) == stem
    assert places.CODE.fullmatch(places.stem(name) + "999")
    assert places.is_grouping(stem)


@given(st.text(max_size=200))
def test_any_name_gives_a_code_that_is_no_official_one(name):
    code = places.stem(name)
    assert places.CODE.fullmatch(code)
    assert places.is_grouping(code)
    assert len(code) <= 16


@pytest.mark.parametrize("code", [None, "FR", "R-44", "E-245400676"])
def test_official_codes_are_no_groupings(code):
    assert not places.is_grouping(code)


@pytest.mark.parametrize(
    ("code", "shown"),
    [("M-54395", "Nom (54)"), ("M-98818", "Nom (988)"), ("M-2A004", "Nom (2A)"), ("D-54", "Nom")],
)
def test_a_commune_is_told_apart_by_the_number_of_its_departement(code, shown):
    assert places.numbered(code, "Nom") == shown
