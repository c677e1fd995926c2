"""The board of calls that others run."""

from datetime import date

import pytest

from consult.services import consultations, outside_calls
from tests.services.test_open_calls import refused

VALUES = {
    "funder": "La Fondation",
    "title": "Lieux ouverts",
    "about": "Pour les lieux.",
    "link": "https://exemple.fr/appel",
    "territory_code": "R-44",
    "closes_on": date(2027, 1, 31),
}


@pytest.fixture
def told(session, make, now):
    account = make.account("local_authority")
    return outside_calls.add(session, values=VALUES, account_id=account.id, now=now)


def revise(session, told, now, version=None, **values):
    version = version or consultations.stamp(outside_calls.values_of(told))
    facts = {"values": VALUES | values, "version": version, "actor": "account:x", "now": now}
    outside_calls.revise(session, told, **facts)


def test_a_call_is_told_changed_and_withdrawn(session, told, now):
    assert outside_calls.values_of(told) == VALUES
    version = consultations.stamp(VALUES)
    revise(session, told, now, title="Autre", closes_on=None, territory_code="")
    assert (told.title, told.closes_on, told.territory_code) == ("Autre", None, None)
    assert refused("stale", revise, session, told, now, version) == 409
    by = {"actor": "account:x", "now": now}
    outside_calls.withdraw(session, told, **by)
    assert told.withdrawn_at == now
    assert refused("outside-call-withdrawn", outside_calls.withdraw, session, told, **by) == 409
    assert refused("outside-call-withdrawn", revise, session, told, now) == 409


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"funder": ""}, "funder-missing"),
        ({"title": ""}, "title-missing"),
        ({"link": ""}, "link-missing"),
        ({"link": "javascript:alert(1)"}, "link-unreadable"),
        ({"closes_on": "demain"}, "date-unreadable"),
        ({"territory_code": "D-00"}, "territory-unknown"),
    ],
)
def test_what_cannot_be_told(session, told, now, values, code):
    refused(code, revise, session, told, now, **values)
