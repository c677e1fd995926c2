"""Opening a call, saying it, and what publication locks."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import CallEnvelope, CallOfficer, Instalment, JournalEntry, OpenCall, Principle
from consult.services import call_parts, consultations, open_calls
from tests import open_calls as factory

WORDS = {"about": "Une envie ?", "may_apply": "Les associations.", "principles": ["Ouvert", "Ici"]}


def opening(now, **facts):
    return {
        "title": "Envies d’ici",
        "opened_by": "La communauté",
        "territory_code": "R-44",
        "time_zone": "Europe/Paris",
        "opens_at": now + timedelta(days=1),
        "closes_at": now + timedelta(days=30),
        "amount_cents": 4_000_000,
    } | facts


def create(session, owner, now, template="local", **facts):
    return open_calls.create(
        session,
        owner_id=owner.id,
        template=template,
        values=opening(now, **facts),
        words=WORDS,
        now=now,
    )


def revise(session, call, now, version=None, **values):
    version = version or consultations.stamp(open_calls.values_of(call))
    by = {"actor": "account:x", "now": now}
    open_calls.revise(session, call, values=values, version=version, **by)


def refused(code, act, *words, **facts):
    with pytest.raises(RuleBroken) as caught:
        act(*words, **facts)
    assert caught.value.code == code
    return caught.value.status


@pytest.fixture
def owner(make):
    return make.account("local_authority")


def test_a_template_gives_its_rule_its_bounds_its_principles(session, owner, now):
    call = create(session, owner, now, "percentage")
    assert (call.slug, call.rule, call.cap_cents) == ("envies-d-ici", "proportional", 1_000_000)
    assert (call.about, call.may_apply, call.template) == (*list(WORDS.values())[:2], "percentage")
    rows = session.execute(select(Principle.position, Principle.title).order_by("position"))
    assert rows.all() == [(1, "Ouvert"), (2, "Ici")]
    given = session.scalars(select(CallEnvelope)).one()
    assert (given.funder, given.amount_cents) == ("La communauté", 4_000_000)
    assert session.get(CallOfficer, (call.id, owner.id)) is not None
    assert create(session, owner, now).slug == "envies-d-ici-2"
    acts = session.scalars(select(JournalEntry.act).where(JournalEntry.act.startswith("call.")))
    assert acts.all() == ["call.created"] * 2


def test_what_cannot_be_opened_is_refused(session, owner, now):
    refused("template-unknown", create, session, owner, now, "nowhere")
    refused("title-missing", create, session, owner, now, title=" ")
    refused("opened-by-missing", create, session, owner, now, opened_by="")
    refused("dates-order", create, session, owner, now, closes_at=now)
    refused("territory-unknown", create, session, owner, now, territory_code="D-00")
    refused("zone-unknown", create, session, owner, now, time_zone="Paris/Europe")
    refused("amount-unreadable", create, session, owner, now, amount_cents=10**18)
    refused("amount-unreadable", create, session, owner, now, amount_cents=-1)
    assert session.scalar(select(OpenCall.id)) is None


def test_last_years_call_is_copied_with_all_that_hangs_on_it(session, make, owner, now):
    source = factory.call(
        make, rule="proportional", cap_cents=500, cap_share=5_000, priorities=["Les aînés"]
    )
    source.conditions = ["room_complete"]
    part = {"label": "Solde", "share": 10_000, "due_on": None, "after_report": True}
    source.published_at = None
    set_rows(session, source, "instalments", [part], now)
    values = opening(now, title="Envies 2")
    call = open_calls.copy(session, source, owner_id=owner.id, values=values, now=now)
    assert (call.rule, call.cap_share, call.priorities) == ("proportional", 5_000, ["Les aînés"])
    assert (call.follows_id, call.published_at, call.seed) == (source.id, None, None)
    found = call_parts.state(session, call)
    assert len(found.principles) == 2
    assert found.envelopes[0].amount_cents == 400_000
    assert found.instalments[0].after_report
    assert call.conditions == ["room_complete"]


def set_rows(session, call, kind, rows, now, version=None):
    model = {
        "instalments": Instalment,
        "envelopes": CallEnvelope,
        "principles": Principle,
    }[kind]
    version = version or call_parts.stamp(session, call, model)
    act = getattr(call_parts, f"set_{kind}")
    act(session, call, given=rows, version=version, actor="account:x", now=now)


def test_a_draft_changes_and_two_people_do_not_overwrite_each_other(session, owner, now):
    call = create(session, owner, now)
    version = consultations.stamp(open_calls.values_of(call))
    revise(session, call, now, version, title="Un autre titre", priorities="Aînés\n\nAînés\nJeunes")
    assert (call.title, call.priorities) == ("Un autre titre", ["Aînés", "Jeunes"])
    assert "autr" in call.search
    assert refused("stale", revise, session, call, now, version, title="Trop tard") == 409
    for wrong in (["nowhere"], "nowhere", None):
        refused("condition-unknown", revise, session, call, now, conditions=wrong)
    revise(session, call, now, conditions=["room_complete", "road_map", "room_complete"])
    assert call.conditions == ["road_map", "room_complete"]
    refused("cap-missing", revise, session, call, now, rule="proportional")
    refused("sharing-rule-unknown", revise, session, call, now, rule="talmud")
    refused("share-out", revise, session, call, now, cap_share=0)
    refused("rows-too-many", revise, session, call, now, priorities="\n".join("abcdefghijk"))
    refused("dates-order", revise, session, call, now, opens_at=call.closes_at)


def test_publication_locks_all_but_the_words_and_the_contact(session, make, now):
    call = factory.call(make)
    revise(session, call, now, about="Plus clair", contact_name="Awa", contact_phone="06")
    assert (call.about, call.contact_name) == ("Plus clair", "Awa")
    same = {name: getattr(call, name) for name in ("rule", "floor_cents", "title")}
    revise(session, call, now, **same)
    for changed in (
        {"floor_cents": 100},
        {"conditions": ["road_map"]},
        {"title": "Autre"},
        {"closes_at": now},
    ):
        assert refused("call-locked", revise, session, call, now, **changed) == 409


def test_a_call_of_no_named_zone_is_of_paris_and_odd_values_are_refused(session, owner, now):
    call = create(session, owner, now, time_zone=None)
    assert call.time_zone == "Europe/Paris"
    refused("share-out", revise, session, call, now, cap_share=10_001)
    revise(session, call, now, cap_share=5_000, cap_cents=None)
    assert (call.cap_share, call.cap_cents) == (5_000, None)
    revise(session, call, now, cap_share=None)
    assert call.cap_share is None
