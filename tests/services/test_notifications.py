from datetime import timedelta

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


def test_a_letter_is_taken_back_until_a_worker_holds_it(session, now):
    def letter(key, **facts):
        made = {"recipient": "ada@exemple.fr", "subject": "S", "body": "B", "now": now}
        notifications.queue(session, dedup_key=key, **made)
        for name, value in facts.items():
            setattr(session.scalars(select(Mail).where(Mail.dedup_key == key)).one(), name, value)
        session.commit()
        gone = notifications.cancel(session, key, now=now)
        session.commit()
        return gone, session.scalar(select(Mail.id).where(Mail.dedup_key == key)) is None

    minute = timedelta(minutes=1)
    assert letter("waits") == (True, True)
    assert letter("failed", attempts=1, retry_at=now - minute) == (True, True)
    assert letter("held", attempts=1, retry_at=now + minute) == (False, False)
    assert letter("left", attempts=1, sent_at=now) == (False, False)
    assert notifications.cancel(session, "never", now=now)
