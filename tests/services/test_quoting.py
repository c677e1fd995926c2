"""Quoting by name: everyone is told once, may contest once, and publishing waits for it."""

from datetime import timedelta

import pytest

from consult.domain.errors import RuleBroken
from consult.services import quoting
from tests import reading_rooms


@pytest.fixture
def named(make):
    """An extract with the name of someone who has an account, and who writes."""
    consultation = make.consultation()
    author = make.participant(account_id=make.account(email="ada@exemple.fr").id)
    answer = make.answer(
        make.question(make.theme(consultation)),
        participant_id=author.id,
        signed_as="name",
        signature="Ada",
    )
    part = reading_rooms.block(make, reading_rooms.synthesis(make, consultation))
    return reading_rooms.extract(make, part, answer, named=True), answer, make.account("organiser")


def test_whoever_is_named_is_told_once(session, named, now):
    extract, answer, by = named
    (row,) = quoting.tell(session, answer.consultation_id, by=by, now=now)
    assert (row.email, row.locale, row.Extract.id) == ("ada@exemple.fr", "fr", extract.id)
    session.commit()
    session.refresh(extract)
    assert extract.told_at == now
    assert quoting.tell(session, answer.consultation_id, by=by, now=now) == []


@pytest.mark.parametrize("without", ["name", "address", "public", "asked"])
def test_nobody_else_is_told(session, named, now, without):
    extract, answer, by = named
    if without == "name":
        answer.signed_as = "none"
    elif without == "address":
        answer.participant_id = None
    elif without == "public":
        answer.state = "hidden"
    else:
        extract.named = False
    session.commit()
    assert quoting.tell(session, answer.consultation_id, by=by, now=now) == []


def test_the_address_of_the_contribution_comes_first(session, make, named, now):
    _extract, answer, by = named
    consultation = session.get_one(type(make.consultation()), answer.consultation_id)
    sent = make.contribution(consultation, notify_email="autre@exemple.fr")
    answer.contribution_id = sent.id
    session.commit()
    (row,) = quoting.tell(session, answer.consultation_id, by=by, now=now)
    assert row.email == "autre@exemple.fr"


def test_contesting_is_kept_once(session, named, now):
    extract, answer, by = named
    with pytest.raises(RuleBroken, match="extract-gone"):
        quoting.contest(session, extract.id, "", now=now)
    quoting.tell(session, answer.consultation_id, by=by, now=now)
    found = quoting.contest(session, extract.id, " Pas mon propos. ", now=now)
    assert (found.contested_at, found.contested_why) == (now, "Pas mon propos.")
    with pytest.raises(RuleBroken, match="contest-done"):
        quoting.contest(session, extract.id, "", now=now)
    with pytest.raises(RuleBroken, match="extract-gone"):
        quoting.contest(session, "nothing", "", now=now)


def test_names_wait_for_seven_days(session, named, now):
    extract, answer, by = named
    whole = reading_rooms.SynthesisBlock
    synthesis_id = session.get_one(whole, extract.block_id).synthesis_id
    assert quoting.waiting(session, synthesis_id, now) == 1
    quoting.tell(session, answer.consultation_id, by=by, now=now)
    assert quoting.waiting(session, synthesis_id, now + timedelta(days=6)) == 1
    assert quoting.waiting(session, synthesis_id, now + timedelta(days=7)) == 0
    quoting.contest(session, extract.id, "", now=now)
    assert quoting.waiting(session, synthesis_id, now) == 0
