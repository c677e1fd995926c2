from base64 import b64decode
from datetime import timedelta
from email import message_from_bytes
from threading import Event

import pytest
from sqlalchemy import create_engine

from consult import tasks
from consult.extensions import db
from consult.models import Mail, Setting
from consult.services import outbox
from tests.letterbox import letterbox


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
    with letterbox(refused=[refused.recipient]) as box, app.app_context():
        monkeypatch.setitem(app.config, "MAIL_URL", f"smtp://{box.host}")
        assert tasks.send_mail(app) == 1
    session.refresh(refused)
    session.refresh(other)
    (kept,) = box.letters
    assert "To: bea@exemple.fr" in kept
    assert other.sent_at is not None
    assert (refused.sent_at, refused.attempts) == (None, 1)


@pytest.mark.parametrize("address", ["a@", "a@[", '"'])
def test_an_address_that_no_letter_can_bear_does_not_keep_back_the_others(
    app, session, letter, address
):
    odd, other = letter(recipient=address), letter(dedup_key="two", recipient="bea@exemple.fr")
    with app.app_context():
        assert tasks.send_mail(app) == 1
    session.refresh(odd)
    session.refresh(other)
    assert other.sent_at is not None
    assert (odd.sent_at, odd.attempts) == (None, 1)


def test_a_letter_never_travels_in_the_open_where_the_server_can_hide_it(
    app, session, letter, monkeypatch
):
    mail = letter()
    with letterbox(offers=["STARTTLS"]) as box, app.app_context():
        monkeypatch.setitem(app.config, "MAIL_URL", f"smtp://ada:secret@{box.host}")
        assert tasks.send_mail(app) == 0
    assert box.told[-1] == "STARTTLS" or box.told[-2:] == ["STARTTLS", "QUIT"]
    assert box.letters == []
    session.refresh(mail)
    assert (mail.sent_at, mail.attempts) == (None, 1)


def test_the_name_and_the_password_of_the_address_open_the_way(app, letter, monkeypatch):
    letter()
    with letterbox(offers=["AUTH PLAIN"]) as box, app.app_context():
        monkeypatch.setitem(app.config, "MAIL_URL", f"smtp://ada%40exemple.fr:p%2Fs@{box.host}")
        assert tasks.send_mail(app) == 1
    said = next(line for line in box.told if line.startswith("AUTH PLAIN")).split()[-1]
    assert b64decode(said) == b"\0ada@exemple.fr\0p/s"


def test_a_letter_whose_address_cannot_be_written_keeps_back_no_other(app, session, letter, folder):
    broken = letter(recipient="ada\r\nBcc: x@y.fr")
    other = letter(dedup_key="two", recipient="bea@exemple.fr")
    with app.app_context():
        assert tasks.send_mail(app) == 1
    session.refresh(broken)
    session.refresh(other)
    assert (broken.sent_at is None, other.sent_at is None) == (True, False)


def test_the_jobs_go_on_until_told_or_alone(app, session, letter, monkeypatch):
    monkeypatch.setattr(tasks, "EVERY_SECONDS", 0)
    mail, stop = letter(), Event()
    turns = iter([True, True, False])
    tasks.work(app, stop, alive=lambda: next(turns))
    session.refresh(mail)
    assert mail.sent_at is not None
    stop.set()
    tasks.work(app, stop, alive=lambda: pytest.fail("it was told to stop"))


def test_the_jobs_outlive_a_database_that_is_away(app, monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(tasks, "EVERY_SECONDS", 0)
    turns = iter([True, True, False])
    with app.app_context():
        engine = db.engine
        away = create_engine(f"sqlite:///{tmp_path}/no/folder/x.sqlite")
        monkeypatch.setitem(db.engines, None, away)
        assert db.engine is not engine
        tasks.work(app, Event(), alive=lambda: next(turns))
        away.dispose()
    assert caplog.text.count("database unavailable") == 2


def test_a_job_that_fails_waits_longer_each_time_and_keeps_nobody_waiting(
    app, session, letter, monkeypatch, caplog
):
    monkeypatch.setattr(tasks, "EVERY_SECONDS", 0)
    mail, tried, turns = letter(), [], []

    def fail(_app):
        tried.append(len(turns))
        db.session.add(Setting(key="half", value="done"))
        db.session.flush()
        if len(tried) < 4:
            raise KeyError("half done")
        db.session.rollback()

    def alive():
        turns.append(1)
        return len(turns) <= 20

    monkeypatch.setattr(tasks.jobs, "send_digests", fail)
    tasks.work(app, Event(), alive=alive)
    session.refresh(mail)
    assert mail.sent_at is not None
    assert tried == [1, 3, 7, 15, 16, 17, 18, 19, 20]
    assert session.get(Setting, "half") is None
    assert caplog.text.count("job fail failed") == 3
    assert "half done" in caplog.text


def test_a_fault_is_never_forgotten_for_more_than_five_minutes(app):
    job = tasks.Job(tasks.send_mail)
    for _ in range(40):
        job.failed(0)
    assert job.due * tasks.EVERY_SECONDS == 300
    job.done(150)
    assert (job.due, job.faults) == (151, 0)


def test_a_worker_held_up_too_long_lets_its_letter_go(session, letter, now):
    mail = letter()
    outbox.claim(session, now=now)
    session.commit()
    assert outbox.hold(session, mail, now=now + outbox.LEASE / 2)
    first = mail.retry_at
    assert first == now + outbox.LEASE * 3 / 2
    outbox.claim(session, now=first)
    session.commit()
    held_by_another = mail.retry_at
    mail.retry_at = first
    with session.no_autoflush:
        assert not outbox.hold(session, mail, now=first)
    assert mail.retry_at == held_by_another


def test_a_letter_already_sent_is_not_held(session, letter, now):
    mail = letter()
    outbox.claim(session, now=now)
    outbox.sent(session, mail, now=now)
    session.commit()
    assert not outbox.hold(session, mail, now=now)


def test_what_another_worker_holds_is_passed_over(app, session, letter, monkeypatch):
    mine = letter()
    monkeypatch.setattr(outbox, "hold", lambda *_args, **_named: False)
    with app.app_context():
        assert tasks.send_mail(app) == 0
    session.refresh(mine)
    assert mine.sent_at is None
