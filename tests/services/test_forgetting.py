from types import SimpleNamespace

import pytest
from sqlalchemy import select

from consult.models import (
    AccessCode,
    Contribution,
    Decision,
    Mail,
    Report,
    Revision,
    SecondReading,
    Statement,
)
from consult.services import forgetting

WORDS = ("awa@exemple.fr", "Awa Sarr")


@pytest.fixture
def scene(make):
    """A participant, a question, and what makes answers of theirs."""
    question = make.question()
    person = make.participant()
    sent = make.contribution(SimpleNamespace(id=question.consultation_id), person)
    own = {"participant_id": person.id, "contribution_id": sent.id}
    return SimpleNamespace(
        person=person, sent=sent, write=lambda **facts: make.answer(question, **own, **facts)
    )


def texts(session, scene, how, now):
    gone = forgetting.texts(session, scene.person.id, how, words=WORDS, actor="system", now=now)
    session.commit()
    session.expire_all()
    return gone


@pytest.mark.parametrize("how", ["kept", "withdrawn"])
def test_texts_in_every_state_lose_their_author(session, scene, now, how):
    states = ["awaiting", "pending", "to_correct", "hidden", "withdrawn"]
    facts = {"state_reason": "Un mot", "body": "Mon texte", "function": "Élue"}
    signed = {"signed_as": "pseudonym", "signature": "Zoé"}
    made = [scene.write(state=state, **facts, **signed).id for state in states]
    assert forgetting.opinions(session, scene.person.id, now=now) == 0
    texts(session, scene, how, now)
    found = [session.get(Statement, one) for one in made]
    assert {(one.signed_as, one.signature, one.function) for one in found} == {("none", "", "")}
    kept = how == "kept"
    assert [one.state for one in found] == (states if kept else ["withdrawn"] * 5)
    assert {one.body for one in found} == {"Mon texte" if kept else ""}
    # The words of whoever decided stay; those of whoever withdrew do not.
    assert [one.state_reason for one in found] == (["Un mot"] * 4 + [""] if kept else [""] * 5)


def test_the_name_of_an_organisation_stays_under_a_text_that_stays(session, scene, now):
    said = {"signed_as": "organisation", "signature": "La Fabrique", "function": "Directrice"}
    text = scene.write(**said)
    texts(session, scene, "kept", now)
    text = session.get(Statement, text.id)
    assert (text.signed_as, text.signature, text.function) == ("organisation", "La Fabrique", "")


def test_a_text_that_names_its_author_is_withdrawn(session, make, scene, now):
    naming = [
        {"body": "Écrivez à AWA@exemple.fr"},
        {"title": "Par Awa  Sarr"},
        {"explanation": "awa sarr"},
        {"link": "https://x.fr/awa@exemple.fr"},
        {"body": "x", "value": {"actors": ["Awa Sarr"]}},
    ]
    made = [scene.write(**where).id for where in naming]
    other, corrected = scene.write(body="Autre chose"), scene.write()
    old = {"version": 0, "title": "", "body": "Awa Sarr", "created_at": now}
    make.save(Revision(statement_id=corrected.id, **old))
    assert texts(session, scene, "kept", now) == [*made, corrected.id]
    assert session.get(Statement, other.id).state == "published"
    assert session.scalars(select(Revision)).all() == []


def test_what_was_asked_and_reported_about_them_ends(session, make, scene, now):
    text = scene.write()
    about = {"statement_id": text.id}
    decided = {"version": 1, "from_state": "published", "to_state": "hidden", "reason": "attack"}
    decision = make.save(
        Decision(**about, **decided, role="organiser", batch_id="b", decided_at=now)
    )
    asked = {"words": "C’est moi, Awa Sarr", "asked_at": now, "due_at": now}
    make.save(SecondReading(decision_id=decision.id, **about, **asked))
    facts = {"number": "S-1", "version": 1, "reason": "attack", "created_at": now}
    make.save(Report(**about, **facts, consultation_id=text.consultation_id))
    texts(session, scene, "withdrawn", now)
    again = session.scalars(select(SecondReading)).one()
    assert (again.words, again.outcome) == ("", "ended")
    assert session.scalars(select(Report.outcome)).one() == "withdrawn"


def test_the_tracking_number_leads_nowhere(session, scene, now):
    scene.write()
    texts(session, scene, "kept", now)
    assert session.scalars(select(Contribution.tracking_number)).all() == [None]


def test_a_code_of_theirs_no_longer_works(session, make, scene, now):
    code = {"consultation_id": scene.sent.consultation_id, "batch": "lot", "number": 1}
    own = {"participant_id": scene.person.id, "name": "Awa Sarr", "created_at": now}
    make.save(AccessCode(code_hash="1" * 64, **code, **own))
    forgetting.participant(session, scene.person.id, now=now)
    session.commit()
    found = session.scalars(select(AccessCode).execution_options(populate_existing=True)).one()
    assert (found.name, found.participant_id, found.revoked_at) == ("", None, now)


def test_letters_are_found_by_their_address_and_by_the_names_in_them(session, make, now):
    facts = {"created_at": now, "body": "…"}
    rows = [
        ("to", {"recipient": "awa@exemple.fr", "subject": "s"}),
        ("percent", {"recipient": "x@exemple.fr", "subject": "100 %_Sarr"}),
        ("named", {"recipient": "x@exemple.fr", "subject": "De AWA SARR", "sent_at": now}),
        ("waits", {"recipient": "x@exemple.fr", "subject": "De Awa Sarr"}),
    ]
    for key, row in rows:
        make.save(Mail(dedup_key=key, **facts | row))
    gone = forgetting.letters(session, "awa@exemple.fr", WORDS, now=now)
    session.commit()
    left = {one.dedup_key: one.subject for one in session.scalars(select(Mail).order_by(Mail.id))}
    assert left == {"to": "", "percent": "100 %_Sarr", "named": "", "waits": "De …"}
    assert len(gone) == 2
