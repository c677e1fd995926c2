"""The page of a person: closing their access, with a reason, and giving it back."""

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, granted, requires
from ...domain import clean
from ...domain import closings as rules
from ...domain.errors import RuleBroken
from ...domain.roles import GIVEN
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...models import Account
from ...queries import closings as queries
from ...queries import paging
from ...services import closings, drafts
from ..accounts import access_letters, confirming, invitations
from .blueprint import bp, key_or_404


@bp.get("/people/closed")
@requires("account.close")
def closed_accounts() -> ResponseReturnValue:
    """List the accounts whose access is closed, and offer to find someone."""
    return _list()


@bp.post("/people/closed")
@requires("account.close")
@limiter.limit("60 per hour")
def find_person() -> ResponseReturnValue:
    """Lead to the page of whoever has an address."""
    typed = request.form.get("email", "")
    try:
        email = clean.email(typed, required="email-unreadable")
        account_id = closings.find(db.session(), email)
    except RuleBroken as broken:
        return _list(broken, typed)
    return htmx.see_other("console.person", account_id=account_id)


@bp.get("/people/<account_id>")
@requires("account.close")
def person(account_id: str) -> ResponseReturnValue:
    """Show who a person is, what they may do, and whether their access is closed."""
    return _page(account_id)


@bp.post("/people/<account_id>/close")
@requires("account.close")
@limiter.limit("60 per hour")
def close_account(account_id: str) -> ResponseReturnValue:
    """Close someone's access at once, and write them why."""
    one, form = _person_or_404(account_id), request.form
    try:
        confirming.shown()
        closing = closings.close(
            db.session(),
            account_id,
            reason=form.get("reason", ""),
            words=form.get("words", ""),
            by=account(),
            now=clock.now(),
        )
    except RuleBroken as broken:
        db.session.rollback()
        return _page(account_id, broken)
    access_letters.closed(one, closing)
    db.session.commit()
    flash(gettext("This access is closed. A letter says why."), "success")
    return htmx.see_other("console.person", account_id=account_id)


@bp.post("/people/<account_id>/reopen")
@requires("account.close")
@limiter.limit("60 per hour")
def reopen_account(account_id: str) -> ResponseReturnValue:
    """Give someone's access back, and write it to them."""
    one = _person_or_404(account_id)
    try:
        confirming.shown()
        closings.reopen(db.session(), account_id, by=account(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return _page(account_id, broken)
    access_letters.reopened(one)
    db.session.commit()
    flash(gettext("This access is open again. A letter says so."), "success")
    return htmx.see_other("console.person", account_id=account_id)


def _person_or_404(account_id: str) -> Account:
    found = db.session.get(Account, key_or_404(account_id))
    if found is None:
        abort(404)
    return found


def _page(account_id: str, broken: RuleBroken | None = None) -> ResponseReturnValue:
    me, one = account(), _person_or_404(account_id)
    text = render_template(
        "console/person.html",
        one=one,
        me=me,
        roles=[invitations.ROLES[role] for role in GIVEN if role in granted(one)],
        history=db.session.execute(queries.of_account(one.id)).all(),
        reasons=rules.REASONS,
        fresh=confirming.is_fresh(),
        typed=drafts.plain(request.form.get("words", "")),
        chosen=request.form.get("reason", ""),
        limit=rules.WORDS_LIMIT,
        error=sentence(broken) if broken else "",
        wrong=broken.code if broken else "",
    )
    return text, broken.status if broken else 200


def _list(broken: RuleBroken | None = None, typed: str = "") -> ResponseReturnValue:
    query = queries.closed(request.args.get("cursor"))
    rows, after = paging.cut(db.session.execute(query).all(), lambda row: (row.closed_at, row.id))
    text = render_template(
        "console/closed_accounts.html",
        people=rows,
        reasons=rules.REASONS,
        next_url=f"/console/people/closed?cursor={after}" if after else None,
        typed=drafts.plain(typed),
        error=sentence(broken) if broken else "",
    )
    return text, broken.status if broken else 200
