"""Hearings: kept, corrected, taken away unless something quotes them."""

from datetime import date

import pytest
from sqlalchemy import select

from consult.domain import hearings as rules
from consult.domain.errors import RuleBroken
from consult.models import Hearing, JournalEntry, SynthesisVersion
from consult.services import consultations, extracts, hearings
from tests import reading_rooms

GIVEN = {"speaker": "Mme Roy", "function": "maire", "held_on": "2026-11-02", "body": "Un banc."}


@pytest.fixture
def world(make):
    whole = reading_rooms.synthesis(make, make.consultation())
    return whole, {"account": make.account("organiser"), "now": make.now}


def test_a_hearing_is_kept_corrected_and_taken_away(session, world):
    whole, by = world
    made = hearings.add(session, whole, GIVEN, **by)
    session.commit()
    assert (made.speaker, made.held_on, made.agrees) == ("Mme Roy", date(2026, 11, 2), False)
    stamp = consultations.stamp(hearings.values_of(made))
    told = {**GIVEN, "agrees": True, "organisation": "Nancy"}
    hearings.correct(session, made, told, version=stamp, **by)
    session.commit()
    assert (made.version, made.agrees, made.organisation) == (2, True, "Nancy")
    with pytest.raises(RuleBroken, match="stale"):
        hearings.correct(session, made, told, version=stamp, **by)
    hearings.remove(session, made, **by)
    session.commit()
    acts = select(JournalEntry.act).where(JournalEntry.act.like("hearing.%"))
    assert session.scalars(acts.order_by(JournalEntry.id)).all() == [
        "hearing.added",
        "hearing.corrected",
        "hearing.removed",
    ]
    with pytest.raises(RuleBroken, match="taken-away"):
        hearings.remove(session, made, **by)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"speaker": " "}, "hearing-speaker-missing"),
        ({"held_on": ""}, "hearing-day-missing"),
        ({"held_on": "2026-11-24"}, "hearing-later"),
        ({"held_on": "2026-99-01"}, "day-unreadable"),
        ({"body": "\u200b"}, "hearing-empty"),
        ({"body": "x" * 100_001}, "text-too-long"),
        ({"speaker": "x" * 201}, "text-too-long"),
        ({"body": "\x00"}, "text-unreadable"),
    ],
)
def test_what_is_missing_is_said(session, world, facts, code):
    whole, by = world
    with pytest.raises(RuleBroken, match=code):
        hearings.add(session, whole, GIVEN | facts, **by)


def test_there_is_a_most(session, world, monkeypatch):
    whole, by = world
    monkeypatch.setattr(rules, "MOST", 1)
    hearings.add(session, whole, GIVEN, **by)
    with pytest.raises(RuleBroken, match="hearings-too-many"):
        hearings.add(session, whole, GIVEN, **by)


def test_what_is_quoted_stays(session, make, world):
    whole, by = world
    made = hearings.add(session, whole, GIVEN, **by)
    block = reading_rooms.block(make, whole)
    taken = extracts.add(session, block, made, starts=0, ends=8, named=False, **by)
    session.commit()
    with pytest.raises(RuleBroken, match="hearing-used"):
        hearings.remove(session, made, **by)
    extracts.remove(session, taken, **by)
    facts = {"content": f'"held":"{made.id}"', "digest": "0" * 64, "published_at": make.now}
    make.save(SynthesisVersion(synthesis_id=whole.id, number=1, **facts))
    with pytest.raises(RuleBroken, match="hearing-published"):
        hearings.remove(session, made, **by)
    assert session.scalars(select(Hearing.id)).all() == [made.id]
