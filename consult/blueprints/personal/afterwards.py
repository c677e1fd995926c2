"""What follows an erasure: the last letters in its transaction, the files after its commit."""

import logging
from collections.abc import Sequence
from pathlib import Path

from flask import current_app

from ... import clock, erased, mailing
from ...extensions import db
from ...services import notifications, outbox
from ...services.erasures import Gone
from ..accounts import letters
from ..reports import letters as report_letters

log = logging.getLogger(__name__)


def tell(gone: Gone, email: str, texts: str) -> None:
    """Put in the outbox the last letter to someone, and those to whoever reported their texts.

    The address goes from the outbox with the last letter.
    """
    now = clock.now()
    subject, body = letters.write("erased", texts=texts)
    notifications.queue(
        db.session(),
        recipient=email,
        subject=subject,
        body=body,
        dedup_key=f"{outbox.LAST}{letters.short(f'{email}:{now.isoformat()}')}",
        now=now,
    )
    report_letters.answered(gone.withdrawn, now)


def keep(done: Sequence[Gone]) -> None:
    """Write the list beside the database, and take the letters that lie in a folder."""
    config = current_app.config
    try:
        erased.keep(db.session(), Path(config["DATA_DIR"]))
    except (OSError, ValueError) as error:  # the erasure is done; `consult doctor` says so
        log.warning("%s is not up to date: %s", erased.NAME, error)
    mailing.take_out(config["MAIL_URL"], [key for one in done for key in one.letters])
