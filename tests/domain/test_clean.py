import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import clean
from consult.domain.errors import RuleBroken


def refused(code, call, *args, **kwargs):
    with pytest.raises(RuleBroken) as broken:
        call(*args, **kwargs)
    assert broken.value.code == code
    return broken.value.facts


@pytest.mark.parametrize("bad", ["a\x00", "\ud800", "\x1b[0m", "a\x0bb", "\x7f", "\x85", 3, ["a"]])
def test_refuses_what_no_database_keeps(bad):
    refused("text-unreadable", clean.text, bad)
    refused("text-unreadable", clean.line, bad)


def test_one_newline_and_one_spelling():
    assert clean.text(" a\r\nb\rc\td \n") == "a\nb\nc\td"
    assert clean.text("e\u0301") == "é"
    assert clean.line(" a\r\n  b\tc ") == "a b c"


def test_lengths_count_characters():
    assert clean.text("😀" * 5, 5) == "😀" * 5
    assert refused("text-too-long", clean.text, "😀" * 7, 5) == {"over": 2}
    assert refused("text-too-long", clean.line, "a  b", 2) == {"over": 1}
    assert refused("text-too-long", clean.line, "a" * 5000, 300) == {"over": 4700}


@pytest.mark.parametrize("nothing", [None, "", " \n", "\u200b\u2060"])
def test_nothing_visible_is_nothing(nothing):
    assert clean.text(nothing) == clean.line(nothing) == clean.email(nothing) == ""
    assert clean.link(nothing) == ""
    refused("title-missing", clean.line, nothing, required="title-missing")
    refused("email-missing", clean.email, nothing, required="email-missing")


@given(st.text())
def test_cleaning_twice_changes_nothing(raw):
    for call in (clean.text, clean.line):
        try:
            once = call(raw)
        except RuleBroken:
            continue
        assert call(once) == once


def test_addresses():
    assert clean.email(" Ada@Exemple.FR ") == "ada@exemple.fr"
    assert clean.email("a+b@sous.éole.fr") == "a+b@sous.éole.fr"
    long = "a" * 250 + "@a.fr"
    for bad in ("a", "a@b", "a@@b.fr", "a b@c.fr", "<a@b.fr>", "a@b.fr, c@d.fr", "a@-b.fr", long):
        refused("email-unreadable", clean.email, bad)


def test_links_are_web_addresses():
    assert clean.link(" https://exemple.fr/a?b=c#d ") == "https://exemple.fr/a?b=c#d"
    for bad in (
        "javascript:alert(1)", "data:text/html,x", "//exemple.fr", "ftp://a.fr", "exemple.fr",
        "http://", "http://a b.fr", "http://a.fr:port/", "http://[::1", "http://localhost",
    ):  # fmt: skip
        refused("link-unreadable", clean.link, bad)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("12", 12), ("007", 7), ("0", 0), ("123", 123), ("1234", -1), ("", -1), ("²", -1), ("١", -1),
     ("-1", -1), ("1.5", -1), (" 1", -1), ("1\x00", -1), (None, -1), (7, -1), (["1"], -1)],
)  # fmt: skip
def test_a_whole_number_is_few_plain_digits(raw, expected):
    assert clean.whole(raw, 3, otherwise=-1) == expected
    assert clean.whole(raw, 3) == max(expected, 0)
