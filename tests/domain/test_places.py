import pytest

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
        ("5400", None),
        ("540000", None),
        ("Nancy", None),
        ("٥٤٠٠٠", None),
    ],
)
def test_a_postcode_is_five_digits(typed, code):
    assert places.postcode(typed) == code
