"""What is forgotten by itself, once a day: old rows, then the accounts that nobody uses."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask

from ... import clock, erased, i18n, mailing, one_by_one, safety_copy
from ...domain import retention
from ...domain.erasures import KEPT, Listed
from ...extensions import db
from ...models import Account
from ...queries import follows
from ...services import erasures, notifications, pictures, project_files, purges, room_files
from ..accounts import letters
from . import afterwards

UNUSED, ERASURE = "unused account", "erasure of account"
log = logging.getLogger(__name__)


def purge(app: Flask) -> int:
    """Do the day's purge unless it is done; return how many accounts were warned or erased.

    What an older copy of the database brought back goes first.
    """
    session, now = db.session(), clock.now()
    if not purges.begin(session, now=now):
        session.rollback()
        return 0
    again = erasures.apply(session, _listed(app), now=now)
    purges.run(session, now=now)
    session.commit()
    yesterday = now - timedelta(days=1)
    for shelf in (project_files.SHELF, room_files.SHELF, pictures.SHELF):
        shelf.sweep(session, Path(app.config["DATA_DIR"]), before=yesterday)
    mailing.forget(app.config["MAIL_URL"], retention.MAIL.before(now))
    safety_copy.forget(db.engine, retention.COPY.before(now))
    afterwards.keep(again)
    return _warn(now) + _erase(now) + len(again)


def _listed(app: Flask) -> Sequence[Listed]:
    """Read the list beside the database; one that cannot be read stops nothing else."""
    try:
        return list(erased.read(Path(app.config["DATA_DIR"]) / erased.NAME))
    except ValueError as error:
        log.warning("a line of %s cannot be read: %s", erased.NAME, error)
        return []


def _warn(now: datetime) -> int:
    session, warned = db.session(), 0
    tried: dict[str, Account] = {}

    def warn(account: Account) -> bool:
        if not purges.warn(session, account, now=now):
            return False
        _tell(account, now)
        return True

    def left() -> dict[str, Account]:
        accounts = purges.to_warn(session, now=now, more=one_by_one.aside(UNUSED))
        return {one.id: one for one in accounts if one.id not in tried}

    while accounts := left():
        tried |= accounts
        warned += one_by_one.each(UNUSED, accounts, warn)
    return warned


def _tell(account: Account, now: datetime) -> None:
    _speak_to(account.email)
    subject, body = letters.write(
        "inactive",
        months=retention.ACCOUNT.number,
        days=retention.WARNING.number,
    )
    notifications.queue(
        db.session(),
        recipient=account.email,
        subject=subject,
        body=body,
        dedup_key=f"inactive:{account.id}:{now.date().isoformat()}",
        now=now,
    )


def _erase(now: datetime) -> int:
    session = db.session()

    def erase(account_id: str) -> bool:
        email = session.get_one(Account, account_id).email
        gone = purges.erase(session, account_id, now=now)
        if gone is None:
            session.rollback()
            return False
        _speak_to(email)
        afterwards.tell(gone, email, KEPT)
        session.commit()
        afterwards.keep([gone])
        return True

    due = purges.to_erase(session, now=now)
    return one_by_one.each(ERASURE, {one: one for one in due}, erase)


def _speak_to(email: str) -> None:
    """Write in the language of whoever follows something, else in French."""
    person = db.session.scalars(follows.subscriber(email)).one_or_none()
    i18n.use(person.locale if person else "fr")
