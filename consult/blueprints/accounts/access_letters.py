"""What the owner of an account is told when an administrator closes their access, or opens it."""

from typing import Any

from ... import clock
from ...domain import closings as rules
from ...extensions import db
from ...models import Account, AccountClosing
from ...services import notifications
from . import letters


def closed(one: Account, closing: AccountClosing) -> None:
    """Put in the outbox the letter that says why an access is closed, and what to do."""
    _tell(one, "access_closed", closing.id, closing=closing, grounds=rules.GROUNDS)


def reopened(one: Account) -> None:
    """Put in the outbox the letter that says that an access is open again."""
    _tell(one, "access_reopened", f"{one.id}:{clock.now().isoformat()}")


def _tell(one: Account, letter: str, key: str, **facts: Any) -> None:
    subject, body = letters.write(letter, reasons=rules.REASONS, **facts)
    notifications.queue(
        db.session(),
        recipient=one.email,
        subject=subject,
        body=body,
        dedup_key=f"{letter}:{key}",
        now=clock.now(),
    )
