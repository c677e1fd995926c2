"""Bank accounts: numbers checked, names in the letters of banks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import bank_accounts
from consult.domain.errors import RuleBroken

IBAN = "FR7630006000011234567890189"


def test_an_account_is_read_as_people_write_it():
    read = bank_accounts.read(" Association  Été ", "IBAN : fr76 3000 6000 0112 3456 7890 189", "")
    assert read == bank_accounts.Account("Association Été", IBAN, "")
    assert bank_accounts.read("A", IBAN, "agrifrpp").bic == "AGRIFRPP"
    assert bank_accounts.masked(IBAN) == "FR•• •••• 0189" and bank_accounts.masked("") == ""


@pytest.mark.parametrize(
    ("holder", "iban", "bic", "code"),
    [
        ("", IBAN, "", "holder-missing"),
        ("é" * 71, IBAN, "", "holder-too-long"),
        ("漢" * 60, IBAN, "", "holder-too-long"),
        ("&&", IBAN, "", "holder-too-long"),
        ("A", "", "", "iban-missing"),
        ("A", "FR7630006000011234567890188", "", "iban-unreadable"),
        ("A", "１２３", "", "iban-unreadable"),
        ("A", "x\x00", "", "text-unreadable"),
        ("A", "BR1500000000000010932840814P2", "", "iban-outside"),
        ("A", IBAN, "NOPE", "bic-unreadable"),
    ],
)
def test_what_is_no_account_is_refused(holder, iban, bic, code):
    with pytest.raises(RuleBroken) as broken:
        bank_accounts.read(holder, iban, bic)
    assert broken.value.code == code


def test_names_are_cut_at_a_word():
    assert bank_accounts.written("Café & Œuvres « d'été »/", 70) == "Cafe OEuvres d'ete"
    assert bank_accounts.written("Association des habitants", 16) == "Association des"
    assert bank_accounts.written("a" * 80, 70) == "a" * 70


@given(st.text(), st.integers(1, 140))
def test_any_text_becomes_one_that_banks_read(text, limit):
    found = bank_accounts.written(text, limit)
    assert len(found) <= limit and set(found) <= bank_accounts._ALLOWED
    assert not found.startswith("/") and not found.endswith("/") and "  " not in found


def test_an_account_is_known_again_for_one_transfer_only():
    mark = bank_accounts.mark(IBAN, "C1")
    assert mark == bank_accounts.mark(IBAN, "C1") and IBAN not in mark
    assert mark != bank_accounts.mark(IBAN, "C2")
