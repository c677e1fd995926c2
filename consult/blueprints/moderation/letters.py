"""The letters that decisions cause: what, why, by which rule, how to correct or contest.

They say what article 17 of the European regulation on digital services asks for.
"""

from collections.abc import Iterable

from flask import current_app

from ... import clock
from ...domain import moderation
from ...extensions import db
from ...i18n import gettext
from ...models import Decision, Statement
from ...queries import moderation as queues
from ...services import notifications

PAGES = ("answer", "proposal", "amendment")
QUOTED = 300


def decided(decisions: Iterable[Decision]) -> None:
    """Tell each author what is decided about their text, when it changes something."""
    for decision, statement, title in about(decisions):
        lines = body_of(decision)
        send(statement, title, lines, key=key_of(decision))


def withdrawn(decisions: Iterable[Decision]) -> None:
    """Take back the letters that did not leave; tell those who were already told."""
    for decision, statement, title in about(decisions):
        if notifications.cancel(db.session(), key_of(decision), now=clock.now()):
            continue
        lines = [
            gettext("The decision about your text is withdrawn."),
            gettext("Your text is again as it was before it."),
        ]
        send(statement, title, lines, key=f"undone:{decision.id}")


def key_of(decision: Decision) -> str:
    """Return the key of a decision's letter: there is only one."""
    return f"decision:{decision.id}"


def about(decisions: Iterable[Decision]) -> list[tuple[Decision, Statement, str]]:
    """Pair each decision with its text and the title of its consultation."""
    changed = [one for one in decisions if one.from_state != one.to_state]
    by_text = {decision.statement_id: decision for decision in changed}
    rows = db.session.execute(queues.with_consultations(list(by_text)))
    return [(by_text[row[0].id], row[0], row[1]) for row in rows]


def body_of(decision: Decision) -> list[str]:
    """Return the paragraphs of a decision's letter, the first one its subject."""
    if decision.to_state == "published":
        return [gettext("Your text is published.")]
    said = {
        "hidden": gettext("Your text is not published."),
        "to_correct": gettext("Your text must be corrected before it is published."),
    }[decision.to_state]
    reason = gettext(moderation.REASONS[decision.reason])
    parts = [said, gettext("The reason: %(reason)s.", reason=reason)]
    parts.append(gettext(moderation.GROUNDS[decision.reason]))
    if decision.note:
        parts += [gettext("In the words of whoever read it:"), decision.note]
    parts.append(gettext("Someone read your text and decided. No machine decides here."))
    return parts + redress()


def redress() -> list[str]:
    """Say what the author can do: correct, contest, go before a judge."""
    return [
        gettext("You can correct it with your tracking number, until the close."),
        gettext("You do not agree? Ask for a second reading: someone else reads your text."),
        current_app.config["BASE_URL"] + "/follow-up",
        gettext("You can also go before a judge."),
    ]


def send(statement: Statement, title: str, lines: list[str], *, key: str) -> None:
    """Put a letter to an author in the outbox, if they can be written to."""
    recipient = notifications.address_of(db.session(), statement.id)
    if not recipient:
        return
    base = current_app.config["BASE_URL"]
    path = f"/{statement.kind}s/{statement.id}" if statement.kind in PAGES else ""
    public = statement.state == "published" and path
    quoted = " ".join((statement.title or statement.body).split())[:QUOTED]
    parts = [
        title,
        *lines[:1],
        gettext("It begins so: %(words)s", words=quoted),
        *lines[1:],
        base + (path if public else "/follow-up"),
        gettext("You receive this letter because you asked to be told."),
    ]
    notifications.queue(
        db.session(),
        recipient=recipient,
        subject=lines[0],
        body="\n\n".join(parts),
        dedup_key=key,
        now=clock.now(),
    )
