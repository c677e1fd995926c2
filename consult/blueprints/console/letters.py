"""The letters that the organiser's acts cause: what was decided, why, what can be done."""

from flask import current_app

from ... import clock
from ...extensions import db
from ...i18n import gettext
from ...models import Consultation, Statement
from ...services import amendments, notifications

PAGES = ("answer", "proposal", "amendment")


def settled(amendment: Statement, consultation: Consultation) -> None:
    """Tell an author that their amendment is accepted or refused, and why."""
    lines = {
        amendments.ACCEPTED: gettext("Your amendment is accepted."),
        amendments.REFUSED: gettext("Your amendment is refused."),
    }
    parts = [
        lines[amendment.decision or ""],
        gettext("The organiser gives this reason:"),
        amendment.decision_reason,
    ]
    key = f"amendment:{amendment.id}:{amendment.decision}"
    _send(amendment, consultation, subject=parts[0], parts=parts, key=key)


def _send(
    statement: Statement,
    consultation: Consultation,
    *,
    subject: str,
    parts: list[str],
    key: str,
) -> None:
    recipient = notifications.address_of(db.session(), statement.id)
    if not recipient:
        return
    path = f"/{statement.kind}s/{statement.id}" if statement.kind in PAGES else ""
    base = current_app.config["BASE_URL"]
    public = statement.state == "published" and path
    where = base + (path if public else "/follow-up")
    why = gettext("You receive this letter because this text is yours.")
    body = "\n\n".join([consultation.title, *parts, where, why])
    notifications.queue(
        db.session(),
        recipient=recipient,
        subject=subject,
        body=body,
        dedup_key=key[:120],
        now=clock.now(),
    )
