"""An amendment is decided once; accepted, it is the next version and the last one is kept."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import JournalEntry, Revision
from consult.queries import counters
from consult.services import amendments
from consult.services.amendments import Decision


@pytest.fixture
def organiser(make):
    return make.account("organiser")


@pytest.fixture
def amendment(make):
    theme = make.theme(make.consultation(allows_amendments=True))
    return make.amendment(make.proposal(theme, body="Ancien."), body="Nouveau.")


def decide(session, amendment, organiser, now, **facts):
    facts = {"verdict": "accepted", "reason": "Oui.", "text": amendment.body, "version": 1} | facts
    proposal = amendments.decide(session, amendment, Decision(**facts), account=organiser, now=now)
    session.commit()
    return proposal


def test_accepted_the_text_changes_and_the_last_one_is_kept(session, amendment, organiser, now):
    proposal = decide(session, amendment, organiser, now)
    assert (proposal.body, proposal.version, proposal.updated_at) == ("Nouveau.", 2, now)
    assert "nouveau" in proposal.search
    kept = session.scalars(select(Revision)).one()
    assert (kept.version, kept.body, kept.reason) == (1, "Ancien.", "Oui.")
    assert amendments.text_of_version(session, proposal, 1) == "Ancien."
    assert amendments.text_of_version(session, proposal, 2) == "Nouveau."
    assert amendments.text_of_version(session, proposal, 9) is None
    assert (amendment.decision, amendment.decided_at) == ("accepted", now)
    entry = session.scalars(select(JournalEntry).where(JournalEntry.act.like("amend%"))).one()
    assert entry.act == "amendment.accepted"
    assert "Nouveau" not in str(entry.facts)
    for recount in counters.RECOUNTS.values():
        assert not session.scalars(recount()).all()


def test_refused_the_text_stays(session, amendment, organiser, now):
    proposal = decide(session, amendment, organiser, now, verdict="refused", text="")
    assert (proposal.body, proposal.version) == ("Ancien.", 1)
    assert not session.scalars(select(Revision)).all()


@pytest.mark.parametrize("after", ["accepted", "refused"])
def test_it_is_decided_once(session, amendment, organiser, now, after):
    decide(session, amendment, organiser, now, verdict="refused")
    with pytest.raises(RuleBroken) as broken:
        decide(session, amendment, organiser, now, verdict=after)
    assert (broken.value.code, broken.value.status) == ("amendment-decided", 409)


def test_a_text_changed_meanwhile_is_not_overwritten(session, make, amendment, organiser, now):
    proposal = decide(session, amendment, organiser, now)
    second = make.amendment(proposal, body="Ancien. Plus.")
    with pytest.raises(RuleBroken) as broken:
        decide(session, second, organiser, now, version=1)
    assert (broken.value.code, broken.value.status) == ("stale", 409)
    session.rollback()
    session.refresh(second)
    assert second.decision is None
    assert decide(session, second, organiser, now, version=2).version == 3


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"verdict": "maybe"}, "decision-unknown"),
        ({"reason": "  "}, "decision-reason-missing"),
        ({"text": ""}, "amendment-empty"),
    ],
)
def test_what_is_missing_is_said(session, amendment, organiser, now, facts, code):
    with pytest.raises(RuleBroken) as broken:
        decide(session, amendment, organiser, now, **facts)
    assert (broken.value.code, broken.value.status) == (code, 422)


def test_after_the_close_the_organiser_still_decides(session, make, organiser, now):
    consultation = make.consultation(closes_at=now - timedelta(days=1))
    amendment = make.amendment(make.proposal(make.theme(consultation)))
    assert decide(session, amendment, organiser, now).version == 2


@pytest.mark.parametrize("state", ["pending", "hidden", "withdrawn"])
def test_what_is_not_public_is_not_decided(session, make, amendment, organiser, now, state):
    amendment.state = state
    session.commit()
    with pytest.raises(RuleBroken) as broken:
        decide(session, amendment, organiser, now)
    assert broken.value.status == 409
