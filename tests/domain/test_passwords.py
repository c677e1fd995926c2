import pytest

from consult.domain import passwords
from consult.domain.errors import RuleBroken

EMAIL = "ada.lovelace@exemple.fr"


@pytest.mark.parametrize(
    "typed", ["cheval pile agrafe", "é" * 3 + "αβγδεζηθι", "Nous irons au bois 1", "x7#" * 4 + "ab"]
)
def test_any_character_makes_a_password(typed):
    assert passwords.check(typed, email=EMAIL) == passwords.canonical(typed)


def test_the_same_letters_typed_otherwise_are_the_same_password():
    assert passwords.canonical("e\u0301te\u0301") == passwords.canonical("été")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("court", "password-short"),
        ("a b c d e f" * 20, "password-long"),
        ("abababababab", "password-guessable"),
        ("motdepasse2026", "password-guessable"),
        ("Ada.Lovelace12", "password-guessable"),
        (EMAIL, "password-guessable"),
        ("azertyuiop 12", "password-guessable"),
        ("xx 87654321 xx", "password-guessable"),
    ],
)
def test_what_is_short_or_guessed_is_refused(typed, code):
    with pytest.raises(RuleBroken, match=code):
        passwords.check(typed, email=EMAIL)
