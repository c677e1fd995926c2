"""Letters: written from a template, its first line being the subject, in the reader's language."""

import hashlib
from typing import Any

from flask import current_app, render_template

from ... import clock, site
from ...extensions import db
from ...models import Account
from ...services import entrance, invitations, notifications


def write(name: str, **facts: Any) -> tuple[str, str]:
    """Return the subject and the body of a letter."""
    text = render_template(
        f"email/{name}.txt",
        site_name=site.settings()["site_name"],
        base_url=current_app.config["BASE_URL"],
        **facts,
    ).strip()
    subject, _line, body = text.partition("\n")
    return subject.strip(), body.strip() + "\n"


def short(text: str) -> str:
    """Return a mark of a text, for the key of a letter."""
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def send_way_in(
    address: str, way: tuple[str, str], name: str, hours: int = entrance.HOURS, **facts: Any
) -> None:
    """Put the letter with a one-time link and its six digits in the outbox."""
    token, code = way
    subject, body = write(
        name,
        link=f"{current_app.config['BASE_URL']}/sign-in/{token}",
        code=code,
        hours=hours,
        **facts,
    )
    notifications.queue(
        db.session(),
        recipient=address,
        subject=subject,
        body=body,
        dedup_key=f"way-in:{short(token)}",
        now=clock.now(),
    )


def invite(kind: str, address: str, token: str, inviter: Account, **facts: Any) -> None:
    """Put in the outbox the letter with the one-time link of an invitation of a kind."""
    page = f"{kind.replace('_', '-')}s"
    subject, body = write(
        kind,
        link=f"{current_app.config['BASE_URL']}/{page}/{token}",
        inviter=inviter.name or inviter.email,
        days=invitations.DAYS,
        **facts,
    )
    notifications.queue(
        db.session(),
        recipient=address,
        subject=subject,
        body=body,
        dedup_key=f"{kind.replace('_', '-')}:{short(token)}",
        now=clock.now(),
    )


def tell_access(account: Account, what: str) -> None:
    """Put in the outbox the letter that says how one signs in has changed."""
    now = clock.now()
    subject, body = write("access_changed", what=what)
    notifications.queue(
        db.session(),
        recipient=account.email,
        subject=subject,
        body=body,
        dedup_key=f"access:{account.id}:{what}:{now.isoformat()}",
        now=now,
    )
