"""Hearings: how whoever spoke is named, which day may be told, where the words come from."""

from datetime import date

import pytest

from consult.domain import hearings
from consult.domain.errors import RuleBroken


def test_someone_is_named_with_what_is_known_of_them():
    assert hearings.named("Mme Diallo", "maire", "Nancy") == "Mme Diallo, maire, Nancy"
    assert hearings.named("Mme Diallo", "", "") == "Mme Diallo"


def test_a_day_to_come_is_refused():
    today = date(2026, 11, 23)
    hearings.check_day(today, today)
    with pytest.raises(RuleBroken, match="hearing-later"):
        hearings.check_day(date(2026, 11, 24), today)


def test_words_are_typed_or_come_from_a_file():
    assert hearings.body("Oui.", " ") == "Oui."
    assert hearings.body("", "Un.\n\n\n\n\nDeux.") == "Un.\n\nDeux."
    with pytest.raises(RuleBroken, match="hearing-both"):
        hearings.body("Oui.", "Non.")
