from sqlalchemy import select

from consult.models import Mail
from consult.services import notifications


def test_a_letter_of_one_cause_is_written_once(session, now):
    letter = {"recipient": "ada@exemple.fr", "body": "Bonjour.\n", "dedup_key": "x", "now": now}
    assert notifications.queue(session, subject="Un\nsujet " + "a" * 300, **letter)
    assert not notifications.queue(session, subject="Autre", **letter)
    session.commit()
    mail = session.scalars(select(Mail)).one()
    assert mail.subject.startswith("Un sujet a")
    assert len(mail.subject) == notifications.SUBJECT_LIMIT


def test_an_author_is_told_where_they_asked(session, make):
    account = make.account()
    signed_in = make.participant(account_id=account.id)
    consultation = make.consultation()
    question = make.question(make.theme(consultation))
    held = make.contribution(consultation, notify_email="ada@exemple.fr")
    by_number = make.answer(question, contribution_id=held.id, participant_id=held.participant_id)
    by_account = make.answer(question, participant_id=signed_in.id)
    unknown = make.answer(question)
    assert notifications.address_of(session, by_number.id) == "ada@exemple.fr"
    assert notifications.address_of(session, by_account.id) == account.email
    assert notifications.address_of(session, unknown.id) is None
