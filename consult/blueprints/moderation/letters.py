"""The letters that decisions cause: what, why, by which rule, how to correct or contest.

They say what article 17 of the European regulation on digital services asks for.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import current_app

from ... import clock
from ...domain import moderation
from ...domain.kinds import N_
from ...extensions import db
from ...i18n import gettext
from ...models import Decision, Project, Statement
from ...queries import moderated
from ...queries import projects as carried
from ...services import notifications

PAGES = ("answer", "proposal", "amendment")
QUOTED = 300
Item = Statement | Project
OF_TEXT = {
    "published": N_("Your text is published."),
    "hidden": N_("Your text is not published."),
    "to_correct": N_("Your text must be corrected before it is published."),
    "read": N_("Someone read your text and decided. No machine decides here."),
    "correct": N_("Correct it before the close: with your tracking number, or in your space."),
    "contest": N_("You do not agree? Ask for a second reading: someone else reads your text."),
    "withdrawn": N_("The decision about your text is withdrawn."),
    "before": N_("Your text is again as it was before it."),
    "why_you": N_("You receive this letter because this text is yours."),
}
OF_PROJECT = {
    "published": N_("Your project is public again."),
    "hidden": N_("Your project is hidden. It takes no part in the next split."),
    "to_correct": N_("Your project must be corrected before it is public again."),
    "read": N_("Someone read your project and decided. No machine decides here."),
    "correct": N_("Correct it on its page: someone then reads it again."),
    "contest": N_("You do not agree? Ask for a second reading: someone else reads your project."),
    "withdrawn": N_("The decision about your project is withdrawn."),
    "before": N_("Your project is again as it was before it."),
    "why_you": N_("You receive this letter because you act for those who carry this project."),
}


def decided(decisions: Iterable[Decision]) -> None:
    """Tell each author what is decided about their text, when it changes something."""
    for decision, item, title in about(decisions):
        send(item, title, body_of(decision, item), key=key_of(decision))


def withdrawn(decisions: Iterable[Decision]) -> None:
    """Take back the letters that did not leave; tell those who were already told."""
    for decision, item, title in about(decisions):
        lines = [said(item, "withdrawn"), said(item, "before")]
        for address, mark in addressed(item):
            if not notifications.cancel(db.session(), key_of(decision) + mark, now=clock.now()):
                _queue(item, title, lines, address, f"undone:{decision.id}{mark}")


def key_of(decision: Decision) -> str:
    """Return the key of a decision's letter: there is only one for each reader."""
    return f"decision:{decision.id}"


def said(item: Item, name: str) -> str:
    """Return the words of a text or of a project for something."""
    return gettext((OF_PROJECT if isinstance(item, Project) else OF_TEXT)[name])


def about(decisions: Iterable[Decision]) -> list[tuple[Decision, Item, str]]:
    """Pair each decision that changes something with its text and where this is."""
    changed = {one.item_id: one for one in decisions if one.from_state != one.to_state}
    found = []
    for family in moderated.families().values():
        ids = [key for key, one in changed.items() if getattr(one, family.KEY)]
        rows = db.session.execute(family.named(ids)).all() if ids else ()
        found += [(changed[row[0].id], row[0], row[1]) for row in rows]
    return found


def title_of(item: Item) -> str:
    """Return the title of the consultation or of the call that a text is of."""
    row = db.session.execute(moderated.of_item(item).named([item.id])).one()
    return str(row[1])


def body_of(decision: Decision, item: Item) -> list[str]:
    """Return the paragraphs of a decision's letter, the first one its subject."""
    if decision.to_state == "published":
        return [said(item, "published")]
    reason = gettext(moderation.REASONS[decision.reason])
    parts = [said(item, decision.to_state), gettext("The reason: %(reason)s.", reason=reason)]
    parts.append(gettext(moderation.GROUNDS[decision.reason]))
    if decision.note:
        parts += [gettext("In the words of whoever read it:"), decision.note]
    return [*parts, said(item, "read"), *redress(item)]


def redress(item: Item) -> list[str]:
    """Say what the author can do: correct, contest, go before a judge."""
    return [
        said(item, "correct"),
        said(item, "contest"),
        gettext("You can also go before a judge."),
    ]


def page_of(item: Item) -> str:
    """Return the address where the author finds their text."""
    base: str = current_app.config["BASE_URL"]
    if isinstance(item, Project):
        return f"{base}/projects/{item.id}"
    public = item.state == "published" and item.kind in PAGES
    return f"{base}/{item.kind}s/{item.id}" if public else f"{base}/follow-up"


def addressed(item: Item) -> list[tuple[str, str]]:
    """Return whom to write to about a text, each with the end of the key of their letter."""
    if isinstance(item, Project):
        rows: Sequence[Any] = db.session.execute(carried.told(item.id)).all()
        return [(row.email, f":{row.id}") for row in rows]
    recipient = notifications.address_of(db.session(), item.id)
    return [(recipient, "")] if recipient else []


def send(item: Item, title: str, lines: list[str], *, key: str) -> None:
    """Put a letter to the author in the outbox, to those who can be written to."""
    for address, mark in addressed(item):
        _queue(item, title, lines, address, key + mark)


def _queue(item: Item, title: str, lines: list[str], address: str, key: str) -> None:
    words = item.title or ("" if isinstance(item, Project) else item.body)
    parts = [
        title,
        *lines[:1],
        gettext("It begins so: %(words)s", words=" ".join(words.split())[:QUOTED]),
        *lines[1:],
        page_of(item),
        said(item, "why_you"),
    ]
    notifications.queue(
        db.session(),
        recipient=address,
        subject=lines[0],
        body="\n\n".join(parts),
        dedup_key=key,
        now=clock.now(),
    )
