"""Opinions: who may give one, on what, and what is counted."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consult.domain.errors import RuleBroken
from consult.models import JournalEntry, ListedPerson, Stance
from consult.queries import counters
from consult.queries.consultations import Reader
from consult.services import stances
from consult.services.participation import Actor


@pytest.fixture
def proposal(make):
    return make.proposal(make.theme(make.consultation(allows_arguments=True)))


@pytest.fixture
def give(session, make, now):
    def give(statement, value, actor=None, *, at=None, kind=None):
        given = stances.give(
            session,
            statement_id=statement.id,
            kind=kind or statement.kind,
            actor=actor or Actor(make.participant().id),
            value=value,
            now=at or now,
        )
        session.commit()
        return given

    return give


def entries(session):
    query = (
        select(JournalEntry.act, JournalEntry.facts)
        .where(JournalEntry.act.like("stance.%"))
        .order_by(JournalEntry.id)
    )
    return session.execute(query.order_by(JournalEntry.id)).all()


def test_an_opinion_is_counted_once_and_can_change(session, make, proposal, give):
    actor = Actor(make.participant().id)
    assert give(proposal, "agree", actor).counts == {"agree": 1, "mixed": 0, "disagree": 0}
    assert give(proposal, "agree", actor).counts == {"agree": 1, "mixed": 0, "disagree": 0}
    assert give(proposal, "mixed").counts == {"agree": 1, "mixed": 1, "disagree": 0}
    changed = give(proposal, "disagree", actor)
    assert (changed.value, changed.counts) == ("disagree", {"agree": 0, "mixed": 1, "disagree": 1})
    taken = give(proposal, None, actor)
    assert (taken.value, taken.counts) == (None, {"agree": 0, "mixed": 1, "disagree": 0})
    assert give(proposal, None, actor).counts == {"agree": 0, "mixed": 1, "disagree": 0}
    assert session.scalar(select(func.count()).select_from(Stance)) == 1
    acts = [(entry.act, entry.facts.get("value")) for entry in entries(session)]
    assert acts == [
        ("stance.given", "agree"),
        ("stance.given", "mixed"),
        ("stance.given", "disagree"),
        ("stance.taken-back", None),
    ]
    for recount in counters.RECOUNTS.values():
        assert not session.scalars(recount()).all()


def test_declared_opinions_are_added_to_the_live_ones(make, give):
    proposal = make.proposal(make.theme(), declared_agree=71, declared_disagree=3)
    assert give(proposal, "agree").counts == {"agree": 72, "mixed": 0, "disagree": 3}


@pytest.mark.parametrize("kind", ["answer", "amendment", "argument"])
def test_what_takes_opinions(make, proposal, give, kind):
    parent = make.question() if kind == "answer" else proposal
    statement = getattr(make, kind)(parent)
    assert give(statement, "disagree").counts["disagree"] == 1


@pytest.mark.parametrize("kind", ["comment", "source"])
def test_what_takes_none(make, proposal, give, kind):
    with pytest.raises(RuleBroken) as broken:
        give(getattr(make, kind)(proposal), "agree")
    assert broken.value.status == 404


def test_the_kind_of_the_address_must_be_the_statement_s(proposal, give):
    with pytest.raises(RuleBroken) as broken:
        give(proposal, "agree", kind="answer")
    assert broken.value.code == "statement-unknown"


@pytest.mark.parametrize("value", ["like", "AGREE", "1", "agree "])
def test_an_unknown_opinion_is_refused(session, proposal, give, value):
    with pytest.raises(RuleBroken) as broken:
        give(proposal, value)
    assert broken.value.status == 422
    assert not session.scalars(select(Stance)).all()


def test_results_hidden_until_the_close_are_counted_but_not_told(session, make, give):
    proposal = make.proposal(make.theme(make.consultation(results="after_close")))
    assert give(proposal, "agree").counts is None
    session.refresh(proposal)
    assert proposal.agree == 1


@pytest.mark.parametrize(
    ("facts", "status", "code"),
    [
        ({"closes_at": -1}, 409, "consultation-closed"),
        ({"closed_early_at": 0}, 409, "consultation-closed"),
        ({"opens_at": 1}, 409, "not-open-yet"),
        ({"published_at": None}, 404, "statement-unknown"),
        ({"complete": False}, 404, "statement-unknown"),
        ({"access": "email"}, 403, "email-needed"),
        ({"access": "listed"}, 404, "statement-unknown"),
    ],
)
def test_nobody_gives_an_opinion_out_of_place(session, make, now, give, facts, status, code):
    facts = {
        name: now + timedelta(seconds=value)
        if isinstance(value, int) and name != "complete"
        else value
        for name, value in facts.items()
    }
    proposal = make.proposal(make.theme(make.consultation(**facts)))
    with pytest.raises(RuleBroken) as broken:
        give(proposal, "agree")
    assert (broken.value.status, broken.value.code) == (status, code)
    assert not session.scalars(select(Stance)).all()
    assert not entries(session)


def test_the_second_of_the_close_is_too_late(make, now, give):
    consultation = make.consultation(closes_at=now + timedelta(hours=1))
    proposal = make.proposal(make.theme(consultation))
    assert give(proposal, "agree", at=now + timedelta(minutes=59)).value == "agree"
    with pytest.raises(RuleBroken):
        give(proposal, "agree", at=now + timedelta(hours=1))


def test_a_proven_address_opens_what_asks_for_one(make, give):
    account = make.account()
    actor = Actor(make.participant(account_id=account.id).id, Reader(account.id, account.email))
    proposal = make.proposal(make.theme(make.consultation(access="email")))
    assert give(proposal, "agree", actor).value == "agree"


def test_only_people_on_the_list_give_an_opinion(session, make, give):
    listed, owner = make.account(), make.account("organiser")
    consultation = make.consultation(access="listed", owner_id=owner.id)
    session.add(ListedPerson(consultation_id=consultation.id, email=listed.email))
    session.commit()
    proposal = make.proposal(make.theme(consultation))
    actor = Actor(make.participant(account_id=listed.id).id, Reader(listed.id, listed.email))
    assert give(proposal, "agree", actor).counts["agree"] == 1
    organiser = Actor(make.participant(account_id=owner.id).id, Reader(owner.id, owner.email))
    with pytest.raises(RuleBroken) as broken:
        give(proposal, "agree", organiser)
    assert (broken.value.status, broken.value.code) == (403, "not-on-the-list")


@pytest.mark.parametrize("state", ["awaiting", "pending", "to_correct", "hidden", "withdrawn"])
def test_what_is_not_published_takes_no_opinion(make, give, state):
    person = make.participant()
    theme = make.theme()
    theirs = make.proposal(theme, state=state, participant_id=person.id)
    with pytest.raises(RuleBroken) as broken:
        give(theirs, "agree")
    assert broken.value.status == 404
    with pytest.raises(RuleBroken) as broken:
        give(theirs, "agree", Actor(person.id))
    assert broken.value.status == 409
    with pytest.raises(RuleBroken) as broken:
        give(make.argument(theirs), "agree")
    assert broken.value.status == 404


def test_a_decided_amendment_takes_no_more_opinions(make, now, proposal, give):
    decided = make.amendment(proposal, decision="refused", decided_at=now)
    with pytest.raises(RuleBroken) as broken:
        give(decided, "agree")
    assert broken.value.code == "amendment-decided"


@pytest.mark.parametrize("raw", ["", "x" * 19, "a\x00b", "é", "' or 1=1"])
def test_an_id_that_is_none_is_missing(session, make, now, raw):
    with pytest.raises(RuleBroken) as broken:
        stances.give(
            session,
            statement_id=raw,
            kind="answer",
            actor=Actor(make.participant().id),
            value="agree",
            now=now,
        )
    assert broken.value.status == 404
