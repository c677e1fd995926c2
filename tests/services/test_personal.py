from consult.models import JournalEntry
from consult.queries.personal import PARTS, Person
from consult.services import personal
from tests.personal import EMAIL, NAME, Someone


def test_all_that_is_held_about_someone_and_nothing_of_others(session, make):
    one = Someone(make).everything()
    session.refresh(one.account)
    held = personal.gather(session, personal.of_account(one.account))
    missing = {part.key for part in PARTS} - set(held)
    assert missing == {"second_readings"}
    assert held["account"][0]["email"] == EMAIL and held["account"][0]["name"] == NAME
    assert [row["id"] for row in held["texts"]] == [one.answer.id, one.telling.id]
    assert held["texts"][0]["consultation"] == "Le numérique"
    assert [row["value"] for row in held["opinions"]] == [1]
    assert held["rooms"][0]["room"] == one.room.name
    assert held["mandates"][0]["organisation"] == "La Fabrique"
    assert "bob" not in str(held).lower() and "eve@" not in str(held)


def test_a_number_leads_to_its_own_texts_alone(session, make):
    one = Someone(make).everything()
    held = personal.gather(session, Person(contributions=(one.answer.contribution_id,)))
    assert set(held) == {"contributions", "texts", "versions"}
    assert len(held["texts"]) == 2


def test_asking_stands_in_the_journal(session, make, now):
    account = make.account()
    personal.asked(session, account, now=now)
    session.commit()
    entry = session.query(JournalEntry).filter_by(act="personal.asked").one()
    assert entry.actor == entry.subject == f"account:{account.id}" and entry.facts == {}
