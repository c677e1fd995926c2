"""The principles, the envelopes and the instalments of a call."""

from datetime import date

import pytest

from consult.domain import call_terms
from consult.models import CallEnvelope, Instalment, Principle
from consult.services import call_parts
from tests import open_calls as factory
from tests.services.test_open_calls import refused, set_rows

MONEY = {"funder": "La Région", "amount_cents": 1_050, "territory_code": None, "priority": None}
MONEY |= {"pot_id": None}
PART = {"label": "Avance", "share": 7_000, "due_on": date(2027, 3, 1), "after_report": False}
REST = {"label": "Solde", "share": 3_000, "due_on": None, "after_report": True}


@pytest.fixture
def draft(make):
    return factory.call(make, published_at=None, priorities=["Les aînés"])


def test_the_rows_are_replaced_in_order_and_a_stale_form_is_refused(session, draft, now):
    version = call_parts.stamp(session, draft, CallEnvelope)
    earmarked = {**MONEY, "funder": "L’État", "territory_code": "D-54", "priority": 1}
    set_rows(session, draft, "envelopes", [earmarked, MONEY], now)
    assert call_parts.rows(session, draft, CallEnvelope) == [earmarked, MONEY]
    refused("stale", set_rows, session, draft, "envelopes", [MONEY], now, version)
    set_rows(session, draft, "principles", [{"title": " Ouvert ", "hint": "À tous"}], now)
    kept = call_parts.rows(session, draft, Principle)
    assert kept == [{"title": "Ouvert", "hint": "À tous"}]
    set_rows(session, draft, "instalments", [PART, REST], now)
    assert call_parts.rows(session, draft, Instalment) == [PART, REST]
    found = call_parts.state(session, draft)
    assert found.instalments == [call_terms.Instalment(**row) for row in (PART, REST)]
    set_rows(session, draft, "instalments", [], now)
    assert call_parts.rows(session, draft, Instalment) == []


@pytest.mark.parametrize(
    ("kind", "rows", "code"),
    [
        ("envelopes", [MONEY | {"funder": ""}], "funder-missing"),
        ("envelopes", [MONEY | {"amount_cents": None}], "amount-missing"),
        ("envelopes", [MONEY | {"priority": 2}], "priority-unknown"),
        ("envelopes", [MONEY | {"territory_code": "D-00"}], "territory-unknown"),
        ("envelopes", [MONEY] * 31, "rows-too-many"),
        ("envelopes", [MONEY | {"amount_cents": 10**15}] * 2, "amount-too-large"),
        ("instalments", [PART], "instalments-not-whole"),
        ("instalments", [PART | {"share": 20_000}], "share-out"),
        ("instalments", [PART | {"share": 1}] * 31, "rows-too-many"),
        ("principles", [{"title": "", "hint": ""}], "principle-missing"),
        ("principles", [{"title": "a", "hint": ""}] * 31, "rows-too-many"),
    ],
)
def test_what_does_not_hold_is_refused(session, draft, now, kind, rows, code):
    refused(code, set_rows, session, draft, kind, rows, now)


def test_a_published_call_keeps_its_rows(session, make, now):
    call = factory.call(make)
    assert refused("call-locked", set_rows, session, call, "envelopes", [MONEY], now) == 409
