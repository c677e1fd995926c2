from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import erasures
from consult.domain.erasures import Listed
from consult.domain.errors import RuleBroken


@pytest.mark.parametrize("raw", [None, "", "gone", 3, ["kept"]])
def test_what_becomes_of_the_texts_is_chosen(raw):
    with pytest.raises(RuleBroken, match="texts-unknown"):
        erasures.texts(raw)
    assert [erasures.texts(one) for one in erasures.LABELS] == ["withdrawn", "kept"]


@given(st.dates(), st.sampled_from(["withdrawn", "kept"]), st.text())
def test_a_line_is_read_back_and_names_nobody(day, texts, account_id):
    one = Listed(day, texts, erasures.mark(account_id))
    assert list(erasures.lines([f"{one}\n"])) == [one]


def test_a_line_that_is_none():
    for line in ("", "2026-01-01 kept", "2026-01-01 kept xyz", "2026-01-01 lost " + "a" * 64):
        with pytest.raises(ValueError, match=f"^{line}$"):
            list(erasures.lines([line]))
    assert list(erasures.lines([])) == []
    known = "2026-01-01 kept " + "a" * 64
    assert next(erasures.lines([known])).day == date(2026, 1, 1)


def test_a_first_name_alone_names_too_many_people():
    assert erasures.words_of("a@b.fr", "Awa") == ("a@b.fr",)
    assert erasures.words_of("a@b.fr", "") == ("a@b.fr",)
    assert erasures.words_of("a@b.fr", "Awa  Bâ") == ("a@b.fr", "Awa Bâ")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Écrivez à A@B.FR.", True),
        ("Signé : awa\n ba", True),
        ("AWA BÂ", True),
        ("Awa Bambara", False),
        ("Awa, puis Bâ", False),
        ("aa@b.fr", False),
        ("", False),
    ],
)
def test_a_text_that_names_its_author(text, named):
    assert erasures.names(text, ("a@b.fr", "Awa Bâ")) is named


def test_a_text_without_a_name():
    assert erasures.without("Awa Bâ et AWA BÂ", ("Awa Bâ",)) == "… et …"
    assert erasures.without("(a.b)", ("a.b",)) == "(…)"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Awa Sarr <Awa.Sarr@Exemple.fr>", {"awa.sarr@exemple.fr"}),
        ("a@b.fr, ou c@d.fr.", {"a@b.fr", "c@d.fr"}),
        ("06 12 34 56 78 @ midi", set()),
    ],
)
def test_the_addresses_in_a_text(text, found):
    assert erasures.addresses(text) == found
