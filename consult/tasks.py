"""Background jobs: one small process chains the journal, writes the letters and sends them."""

import logging
import signal
import smtplib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from threading import Event

from flask import Flask
from sqlalchemy.exc import IntegrityError, OperationalError

from . import clock, faults, heads, mailing, one_by_one
from .blueprints.archives import jobs as archive_jobs
from .blueprints.console import reading_jobs
from .blueprints.consultations import jobs as consultation_jobs
from .blueprints.follows import jobs
from .blueprints.matters import jobs as matter_jobs
from .blueprints.payments import jobs as payment_jobs
from .blueprints.personal import jobs as personal_jobs
from .blueprints.polls import jobs as poll_jobs
from .blueprints.room_letters import jobs as room_letter_jobs
from .blueprints.rooms import jobs as room_jobs
from .blueprints.splits import jobs as split_jobs
from .blueprints.syntheses import jobs as told_jobs
from .blueprints.synthesis_files import jobs as synthesis_jobs
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
    matter_jobs.pass_due,
    matter_jobs.warn,
    split_jobs.tell,
    payment_jobs.remind,
    consultation_jobs.find_groups,
    told_jobs.tell_outcomes,
    told_jobs.tell_published,
    archive_jobs.renew,
)
MOST_TURNS = 150
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
    site_name = settings()["site_name"]
    try:
        send(mailing.message(mail, base_url=app.config["BASE_URL"], site_name=site_name))
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException):
            raise  # no way for any letter: the disk, the network
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


@dataclass
class Job:
    """Something the worker does every so many turns; one that fails is tried again later."""

    do: Callable[[Flask], object]
    every: int = 1
    due: int = 0
    faults: int = 0

    def done(self, turn: int) -> None:
        """Note that it went well."""
        self.faults, self.due = 0, turn + self.every

    def failed(self, turn: int) -> None:
        """Note a fault: each in a row doubles the wait, up to five minutes."""
        self.faults += 1
        self.due = turn + min(1 << self.faults, MOST_TURNS)
        log.exception(
            "job %s failed, %s in a row, another try in %.0f s",
            self.do.__name__,
            self.faults,
            (self.due - turn) * EVERY_SECONDS,
        )


def jobs_to_do() -> list[Job]:
    """Return what the worker does, in order: the quick ones at each turn."""
    return [
        Job(seal_journal),
        Job(poll_jobs.go_on),
        Job(jobs.send_digests),
        Job(jobs.send_announcements),
        Job(reading_jobs.help_readers),
        *(Job(write, every=TURNS_BETWEEN) for write in WRITERS),
        Job(personal_jobs.purge, every=TURNS_BETWEEN, due=AFTER_TURNS),
        Job(archive_jobs.go_on),
        Job(synthesis_jobs.keep_files, every=4 * TURNS_BETWEEN, due=AFTER_TURNS),
        Job(send_mail),
    ]


def work(app: Flask, stop: Event, alive: Callable[[], bool] = lambda: True) -> None:
    """Do the jobs until told to stop, or until whoever started them is gone.

    A fault of one keeps the others from nothing; without a database, all wait for the next turn.
    """
    turns, held = count(), jobs_to_do()
    while not stop.wait(EVERY_SECONDS) and alive():
        turn = next(turns)
        with app.app_context():
            try:
                for job in held:
                    if job.due <= turn:
                        attempt(app, job, turn)
            except OperationalError as error:
                log.warning("database unavailable: %s", error.orig)
                db.session.rollback()
        tell_faults(app, held)


def tell_faults(app: Flask, held: Sequence[Job]) -> None:
    """Leave what fails in the data folder, for `consult doctor`; a full disk is told elsewhere."""
    found = {f"job {job.do.__name__}": job.faults for job in held if job.faults}
    with suppress(OSError):
        faults.keep(Path(app.config["DATA_DIR"]), found | one_by_one.failing())


def attempt(app: Flask, job: Job, turn: int) -> None:
    """Do a job, whatever its fault; raises OperationalError when the database does not answer."""
    with one_by_one.contained(lambda _fault: job.failed(turn)):
        job.do(app)
        job.done(turn)


def until_told() -> Event:
    """Return an event that SIGTERM and SIGINT set."""
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    return stop
