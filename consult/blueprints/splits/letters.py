"""The letter of a split: to each carrier, the amount and why."""

from typing import Any

from sqlalchemy.orm import Session

from ... import clock, i18n
from ...models import OpenCall, SplitDecision
from ...services import notifications
from ..accounts.letters import write
from . import words


def send(
    session: Session, call: OpenCall, decision: SplitDecision, row: Any, told: list[words.Paragraph]
) -> bool:
    """Put the letter about one project in the outbox, once."""
    i18n.use("fr")
    title = row.title
    subject, body = write("split", call=call, decision=decision, row=row, title=title, told=told)
    key = f"split:{decision.id}:{row.project_id}"
    letter = notifications.Letter(row.email, subject, body, key)
    return notifications.put(session, letter, now=clock.now())
