import smtplib
from datetime import timedelta
from email import message_from_bytes

import pytest

from consult import tasks
from consult.models import Mail
from consult.services import outbox


@pytest.fixture
def letter(session, now):
    def write(**facts):
        facts = {
            "dedup_key": "one",
            "recipient": "ada@exemple.fr",
            "subject": "Votre réponse est publiée",
            "body": "Bonjour,\nvotre réponse est publiée.",
            "created_at": now,
        } | facts
        mail = Mail(**facts)
        session.add(mail)
        session.commit()
        return mail

    return write


def test_a_letter_is_taken_by_one_worker_only(session, letter, now):
    mail = letter()
    assert outbox.claim(session, now=now) == [mail]
    assert outbox.claim(session, now=now) == []
    later = now + outbox.LEASE
    assert outbox.claim(session, now=later) == [mail]
    outbox.sent(session, mail, now=later)
    session.flush()
    assert outbox.claim(session, now=later + outbox.LEASE) == []


def test_it_is_given_up_after_eight_tries(session, letter, now):
    letter()
    times = sum(bool(outbox.claim(session, now=now + n * timedelta(days=1))) for n in range(20))
    assert times == outbox.MOST_ATTEMPTS


def test_it_leaves_as_a_file_with_one_header_and_one_recipient(app, session, letter, folder):
    letter(subject="Suite\r\nBcc: voleur@exemple.fr")
    with app.app_context():
        assert tasks.send_mail(app) == 1
        assert tasks.send_mail(app) == 0
    files = sorted((folder / "mail").glob("*.eml"), key=lambda file: file.stat().st_mtime)
    written = message_from_bytes(files[-1].read_bytes())
    assert written["Bcc"] is None
    assert written["To"] == "ada@exemple.fr"
    assert "publiée" in written.get_payload(decode=True).decode()


def test_a_way_that_is_shut_keeps_the_letter(app, session, letter, monkeypatch):
    mail = letter()
    monkeypatch.setitem(app.config, "MAIL_URL", "smtp://127.0.0.1:1")
    with app.app_context():
        assert tasks.send_mail(app) == 0
    session.refresh(mail)
    assert mail.sent_at is None
    assert mail.attempts == 1


def test_a_mail_server_away_for_eight_hours_loses_nothing(session, letter, now):
    mail = letter()
    for n in range(8 * 12):
        outbox.claim(session, now=now + n * outbox.LEASE)
        session.commit()
    assert mail.attempts < outbox.MOST_ATTEMPTS


def test_a_letter_that_is_refused_does_not_keep_back_the_others(app, session, letter, monkeypatch):
    refused = letter()
    other = letter(dedup_key="two", recipient="bea@exemple.fr")
    sent = []

    class Server:
        def __init__(self, *_where, **_options): ...

        def __enter__(self):
            return self

        def __exit__(self, *_error): ...

        def has_extn(self, _name):
            return False

        def send_message(self, message):
            if message["To"] == refused.recipient:
                raise smtplib.SMTPRecipientsRefused({refused.recipient: (550, b"no such person")})
            sent.append(message["To"])

    monkeypatch.setattr(smtplib, "SMTP", Server)
    monkeypatch.setitem(app.config, "MAIL_URL", "smtp://mail.exemple.fr")
    with app.app_context():
        assert tasks.send_mail(app) == 1
    session.refresh(refused)
    session.refresh(other)
    assert sent == ["bea@exemple.fr"]
    assert other.sent_at is not None
    assert (refused.sent_at, refused.attempts) == (None, 1)
