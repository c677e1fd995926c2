"""Documents, decisions and commitments are written, kept, taken away."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import JournalEntry, RoomDocument
from consult.services import registers

TODAY = date(2026, 11, 23)
DECISION = {"kind": "decision", "title": "Une permanence", "body": "Le jeudi soir."}


def refused(code, act, *facts, **named):
    with pytest.raises(RuleBroken) as broken:
        act(*facts, **named)
    assert broken.value.code == code
    return broken.value.status


@pytest.fixture
def room(make):
    return make.room()


def test_a_decision_is_written_and_taken_away(session, room, now):
    by = {"actor": "account:x", "now": now}
    made = registers.add(session, room.id, DECISION, dated_on=TODAY, **by)
    link = {"kind": "resource", "title": "Affiche", "link": "https://exemple.fr/a.pdf"}
    registers.add(session, room.id, link, dated_on=TODAY, **by)
    session.commit()
    registers.remove(session, made, **by)
    session.commit()
    assert session.scalars(select(RoomDocument.title)).all() == ["Affiche"]
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert acts == ["document.written", "document.written", "document.taken"]


def test_a_correction_says_when_and_is_in_the_journal(session, room, now):
    by, later = {"actor": "account:x", "now": now}, now + timedelta(days=2)
    made = registers.add(session, room.id, DECISION, dated_on=TODAY, **by)
    noise = registers.add(session, room.id, DECISION, dated_on=TODAY, **by)
    changed = DECISION | {"title": "Deux permanences", "kind": "resource"}
    with pytest.raises(RuleBroken, match="stale"):
        registers.correct(session, made, changed, version="", **by)
    with pytest.raises(RuleBroken, match="document-kind-unknown"):
        registers.correct(session, made, changed | {"kind": "minutes"}, version="1", **by)
    registers.correct(session, made, changed, version="1", actor="account:x", now=later)
    session.commit()
    assert (made.title, made.kind, made.dated_on) == ("Deux permanences", "resource", TODAY)
    assert (made.version, made.corrected_at, "deux" in made.search) == (2, later, True)
    dated = {**changed, "dated_on": TODAY - timedelta(days=1)}
    registers.correct(session, made, dated, version="2", actor="account:x", now=later)
    assert made.dated_on == TODAY - timedelta(days=1)
    assert (noise.title, noise.corrected_at) == ("Une permanence", None)
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert acts[2:] == ["document.rewritten"] * 2


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"kind": "minutes"}, "document-kind-unknown"),
        ({"title": ""}, "document-title-missing"),
        ({"body": " "}, "document-empty"),
        ({"link": "ftp://x.fr"}, "link-unreadable"),
        ({"body": "a\x00"}, "text-unreadable"),
    ],
)
def test_what_cannot_be_a_document(session, room, now, changed, code):
    values = {**DECISION, **changed}
    act = registers.add
    by = {"dated_on": TODAY, "actor": "account:x", "now": now}
    assert refused(code, act, session, room.id, values, **by) == 422


def test_a_commitment_is_kept_once(session, room, now):
    by = {"actor": "account:x", "now": now}
    values = {"what": "Imprimer", "who": "Ada"}
    made = registers.commit_to(session, room.id, values, due_on=TODAY + timedelta(days=3), **by)
    session.commit()
    registers.mark_kept(session, made, TODAY, **by)
    session.commit()
    session.refresh(made)
    assert made.kept_on == TODAY
    assert refused("commitment-kept", registers.mark_kept, session, made, TODAY, **by) == 409
    for missing in values:
        act, facts = registers.commit_to, {**values, missing: ""}
        code = f"commitment-{missing}-missing"
        assert refused(code, act, session, room.id, facts, due_on=None, **by) == 422
