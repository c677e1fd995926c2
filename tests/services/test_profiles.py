"""A profile: optional, remembered, and never written over what was signed."""

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import JournalEntry
from consult.services import profiles

SAID = {
    "name": " Awa  Ba ",
    "organisation": "La Fabrique",
    "function": "Directrice",
    "speaks_from": "Je dirige un lieu aidé par la région.",
}


def test_it_is_kept_and_fills_a_signature(session, make, now):
    account = make.account()
    profiles.save(session, account, SAID, now=now)
    profiles.save(session, account, SAID, now=now)
    assert (account.name, account.speaks_from) == ("Awa Ba", SAID["speaks_from"])
    filled = {"signature": "Awa Ba", "organisation": "La Fabrique", "function": "Directrice"}
    assert profiles.signing(account) == filled
    acts = session.scalars(
        select(JournalEntry).where(JournalEntry.act == "account.profile").order_by(JournalEntry.id)
    ).all()
    assert [entry.facts for entry in acts] == [
        {"fields": ["function", "name", "organisation", "speaks_from"]}
    ]
    profiles.save(session, account, {}, now=now)
    assert profiles.signing(account) == {"signature": "", "organisation": "", "function": ""}


@pytest.mark.parametrize("wrong", [{"speaks_from": "x" * 301}, {"name": "a\x00"}])
def test_what_cannot_be_kept_changes_nothing(session, make, now, wrong):
    account = make.account(name="Awa")
    with pytest.raises(RuleBroken):
        profiles.save(session, account, SAID | wrong, now=now)
    assert account.name == "Awa"
