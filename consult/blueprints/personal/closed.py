"""What someone whose access is closed still reads and does: why, their data, erasing it all.

They have shown that the address is theirs, with a link or a code; nothing else opens here.
"""

from datetime import datetime, timedelta

from flask import flash, render_template, request, session
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from ... import clock, htmx
from ...access import public
from ...domain import closings as rules
from ...domain import erasures as erasing_rules
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext as _
from ...i18n import sentence
from ...models import Account
from ...services import closings, erasures, leaving, personal
from . import afterwards, files
from .bp import bp

KEPT = timedelta(minutes=15)
TRIES = "10 per hour"


@bp.get("/access-closed")
@public
def closed() -> ResponseReturnValue:
    """Say that an access is closed, since when and why, and what can be done."""
    account = _here()
    return _ask_again() if account is None else _page(account)


@bp.post("/access-closed/data")
@public
@limiter.limit(TRIES)
def take_from_outside() -> ResponseReturnValue:
    """Send their data to whoever's access is closed."""
    account = _here()
    if account is None:
        return _ask_again()
    personal.asked(db.session(), account, now=clock.now())
    held = personal.gather(db.session(), personal.of_account(account))
    answer = files.response(held, account.name or account.email)
    db.session.commit()
    return answer


@bp.post("/access-closed/erase")
@public
@limiter.limit(TRIES)
def erase_from_outside() -> ResponseReturnValue:
    """Erase the account of whoever's access is closed, at once and for good."""
    account, now, texts = _here(), clock.now(), request.form.get("texts", "")
    if account is None:
        return _ask_again()
    number, email = account.id, account.email
    try:
        gone = erasures.erase(db.session(), number, texts=texts, actor=f"account:{number}", now=now)
    except RuleBroken as broken:
        db.session.rollback()
        return _page(account, broken)
    afterwards.tell(gone, email, texts)
    db.session.commit()
    session.pop("closed", None)
    afterwards.keep([gone])
    flash(_("Your account is erased. You will get one last letter."), "success")
    return htmx.see_path("/")


def _here() -> Account | None:
    """Return whoever showed a moment ago that they own an account whose access is closed."""
    account_id, since = session.get("closed", ("", ""))
    if not since or datetime.fromisoformat(since) < clock.now() - KEPT:
        return None
    account = db.session.get(Account, account_id)
    return account if account is not None and not account.active else None


def _ask_again() -> Response:
    session.pop("closed", None)
    return htmx.see_other("accounts.sign_in")


def _page(account: Account, broken: RuleBroken | None = None) -> ResponseReturnValue:
    now = clock.now()
    text = render_template(
        "personal/closed.html",
        closing=closings.current(db.session(), account.id),
        reasons=rules.REASONS,
        grounds=rules.GROUNDS,
        obstacles=[sentence(one) for one in leaving.obstacles(db.session(), account, now=now)],
        labels=erasing_rules.LABELS,
        chosen=request.form.get("texts", ""),
        minutes=KEPT.seconds // 60,
        error=sentence(broken) if broken else "",
    )
    return text, broken.status if broken else 200
