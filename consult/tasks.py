"""Background jobs: one small process chains the journal, writes the letters and sends them."""

import logging
import signal
import smtplib
from collections.abc import Callable
from email.errors import MessageError
from itertools import count
from pathlib import Path
from threading import Event

from flask import Flask
from sqlalchemy.exc import IntegrityError, OperationalError

from . import clock, heads, mailing
from .blueprints.follows import jobs
from .blueprints.payments import jobs as payment_jobs
from .blueprints.personal import jobs as personal_jobs
from .blueprints.polls import jobs as poll_jobs
from .blueprints.room_letters import jobs as room_letter_jobs
from .blueprints.rooms import jobs as room_jobs
from .extensions import db
from .models import Mail
from .services import outbox, sealing
from .site import settings

EVERY_SECONDS = 2.0
TURNS_BETWEEN = 15
WRITERS = (
    jobs.send_replies,
    jobs.send_reminders,
    jobs.forget,
    room_letter_jobs.send_mornings,
    room_jobs.settle_seats,
    room_jobs.tell_asleep,
    payment_jobs.remind,
)
AFTER_TURNS = 7  # a start has enough to do
log = logging.getLogger(__name__)


def send_mail(app: Flask) -> int:
    """Send the letters that are due; return how many left."""
    session = db.session()
    letters = outbox.claim(session, now=clock.now())
    session.commit()
    if not letters:
        return 0
    left = 0
    try:
        with mailing.transport(app.config["MAIL_URL"], app.config["MAIL_CA"]) as send:
            for mail in letters:
                held = outbox.hold(session, mail, now=clock.now())
                session.commit()
                if held and deliver(app, send, mail):
                    outbox.sent(session, mail, now=clock.now())
                    session.commit()
                    left += 1
    except (OSError, smtplib.SMTPException) as error:
        log.warning("no way for the mail, another try later: %s", error)
        session.rollback()
    return left


def deliver(app: Flask, send: mailing.Send, mail: Mail) -> bool:
    """Send one letter; one that is refused does not keep back those behind it."""
    try:
        send(
            mailing.message(
                mail, base_url=app.config["BASE_URL"], site_name=settings()["site_name"]
            )
        )
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError):
        raise
    except (smtplib.SMTPException, MessageError, ValueError) as error:
        log.warning("letter %s refused, another try later: %s", mail.id, error)
        return False
    return True


def seal_journal(app: Flask) -> None:
    """Chain the journal's new entries, and publish its head on the first turn of each day."""
    session = db.session()
    try:
        waited = sealing.AT_ONCE
        while waited == sealing.AT_ONCE:
            waited = sealing.seal(session, now=clock.now())
            session.commit()
        published = sealing.publish(session, now=clock.now())
        session.commit()
    except IntegrityError:
        session.rollback()  # another worker did it first
        return
    if published:
        heads.keep(session, Path(app.config["DATA_DIR"]))


def work(app: Flask, stop: Event, alive: Callable[[], bool] = lambda: True) -> None:
    """Do the jobs until told to stop, or until whoever started them is gone."""
    turns = count()
    while not stop.wait(EVERY_SECONDS) and alive():
        turn = next(turns)
        with app.app_context():
            try:
                seal_journal(app)
                poll_jobs.go_on(app)
                jobs.send_digests(app)
                jobs.send_announcements(app)
                for write in WRITERS if turn % TURNS_BETWEEN == 0 else ():
                    write(app)
                if turn % TURNS_BETWEEN == AFTER_TURNS:
                    personal_jobs.purge(app)
                send_mail(app)
            except OperationalError as error:
                log.warning("database unavailable: %s", error.orig)
                db.session.rollback()


def until_told() -> Event:
    """Return an event that SIGTERM and SIGINT set."""
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    return stop
