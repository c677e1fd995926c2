from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import money
from consult.domain.errors import RuleBroken


def refused(code, call, *args):
    with pytest.raises(RuleBroken) as broken:
        call(*args)
    assert broken.value.code == code
    return broken.value.facts


@pytest.mark.parametrize(
    ("typed", "locale", "cents"),
    [
        ("1 234,56", "fr", 123456),
        ("1\u00a0234,56", "fr", 123456),
        ("1\u202f234\u202f567,5", "fr", 123456750),
        ("1234,56 €", "fr", 123456),
        ("1.234,56", "fr", 123456),
        ("1.234.567,89", "fr", 123456789),
        ("12.50", "fr", 1250),  # the comma is missing from many number pads
        (" 3200 ", "fr", 320000),
        ("0", "fr", 0),
        ("0,01", "fr", 1),
        ("1,234.56", "en", 123456),
        ("1,234", "en", 123400),
        ("1,234,567.8", "en", 123456780),
        ("1 234.56", "en", 123456),
        ("€1,234.56", "en", 123456),
        ("1234.56", "en", 123456),
    ],
)
def test_each_language_reads_its_own_notation(typed, locale, cents):
    assert money.read(typed, locale) == cents


@pytest.mark.parametrize(
    ("typed", "locale"),
    [
        ("1,234.56", "fr"),
        ("1.234", "fr"),
        ("1,234", "fr"),
        ("1,234,567", "fr"),
        ("0,001", "fr"),
        ("1.234,56", "en"),
        ("1 234,56", "en"),
        ("12,50", "en"),
        ("1234,56", "en"),
        ("1.234", "en"),
        ("0,001", "en"),
        ("0.001", "en"),
        *((odd, locale) for locale in ("fr", "en") for odd in (
            "1e9", "NaN", "inf", "１２３", "٣", "12 34", "1 23", "1__0", "0x10", "+5", ",5",
            "5,", "1/2",
            "12 €3", "€5€", "$5", "a", "1\n234", "5\x00", "\ud800", "0 123", "9" * 19, "- x",
        )),
    ],
)  # fmt: skip
def test_what_a_language_does_not_write_is_refused(typed, locale):
    assert refused("amount-unreadable", money.read, typed, locale)["example"]


def test_nothing_below_zero_and_nothing_absurd():
    for typed in ("-5", "−5,00", "- 5", "€-5"):
        refused("amount-negative", money.read, typed, "fr")
    refused("amount-missing", money.read, " \u00a0", "fr")
    assert refused("amount-too-large", money.read, "9" * 18, "fr")["most"].endswith("€")
    assert money.read("10 000 000 000 000", "fr") == money.MOST


@given(cents=st.integers(0, money.MOST), locale=st.sampled_from(["fr", "en"]))
def test_what_is_written_is_read_again(cents, locale):
    assert money.read(money.written(cents, locale), locale) == cents
    assert money.plain(money.as_plain(cents)) == cents


@given(typed=st.text(alphabet="0123456789,. \u202f-€", max_size=12))
def test_no_reading_is_a_hundred_times_another(typed):
    readings = set()
    for locale in ("fr", "en"):
        with suppress(RuleBroken):
            readings.add(money.read(typed, locale))
    assert len(readings) < 2


def test_files_and_commands_write_a_decimal_point():
    assert money.plain(" 1200 ") == 120_000
    assert money.plain("1234.5") == 123_450
    assert money.plain("9" * 30) == 100 * (10**30 - 1)
    refused("amount-missing", money.plain, " ")
    refused("amount-negative", money.plain, "-1")
    for text in ("1,50", "1 234", "1.234", "1e3", "NaN", "9" * 31):
        refused("amount-unreadable", money.plain, text)


def test_amounts_are_written_as_people_do():
    assert money.written(320_000, "fr") == "3\u202f200\u00a0€"
    assert money.written(33_334, "fr") == "333,34\u00a0€"
    assert money.written(123_456_705, "en") == "€1,234,567.05"
    assert money.written(0, "en") == "€0"
    assert money.as_plain(5) == "0.05"
