"""One's own space: texts, sessions; and the ways out."""

from flask import flash, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from ... import clock, security, shared, sso
from ...access import account as own
from ...access import public, requires, viewer
from ...cache import page
from ...domain import browsers
from ...extensions import db
from ...i18n import gettext as _
from ...i18n import ngettext
from ...queries import accounts as account_queries
from ...queries import contributions as queries
from ...queries import paging, polls
from ...services import accounts, drafts, entrance, passwords
from ..consultations import became
from .routes import bp


@bp.get("/account")
@requires("account.manage")
def space() -> ResponseReturnValue:
    """Show the votes that wait, one's own texts and the places where one is signed in."""
    account = own()
    rows = db.session.execute(queries.statements_of(viewer().participant_id, [])).all()
    query = account_queries.open_sessions(
        account.id, accounts.oldest(clock.now()), request.args.get("cursor")
    )
    sessions, after = paging.cut(
        db.session.execute(query).all(), lambda row: (row.created_at, row.id_hash)
    )
    return page(
        "accounts/space.html",
        votes=db.session.execute(polls.waiting_for(account.id, clock.now())).all(),
        account=account,
        statements=rows,
        became=became.of_texts(rows),
        verdict_of=became.verdict,
        sessions=sessions,
        browser_named=browser_named,
        next_url=f"/account?cursor={after}#sessions" if after else None,
        here=here(),
        provider=sso.provider(),
    )


def browser_named(said: str) -> str:
    """Name a browser and its machine; what nobody knows is shown as it was said."""
    if (names := browsers.named(said)) is None:
        return said[:80]
    return _("%(browser)s on %(system)s", browser=names[0], system=names[1])


def here() -> str:
    """Return the mark of the session of this browser."""
    return accounts.digest(session.get("sid", ""))


@bp.post("/account/sessions/close")
@requires("account.manage")
def close_session() -> ResponseReturnValue:
    """Close one of one's own other sessions."""
    account = own()
    closed = entrance.close_other(
        db.session(), account.id, request.form.get("session", "")[:64], now=clock.now()
    )
    db.session.commit()
    if closed:
        flash(_("This session is closed."), "success")
    return redirect("/account", 303)


@bp.post("/account/sessions/close-others")
@requires("account.manage")
def close_others() -> ResponseReturnValue:
    """Close all of one's own sessions but this one, and stop one's tokens."""
    number = passwords.end_all(db.session(), own(), here=here(), now=clock.now())
    db.session.commit()
    flash(
        ngettext("%(num)s session is closed.", "%(num)s sessions are closed.", number)
        if number
        else _("You are signed in nowhere else."),
        "success",
    )
    return redirect("/account", 303)


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """Sign out; the browser keeps no page. Who came through a provider can leave it too."""
    through = "through_provider" in session and sso.provider() is not None
    security.sign_out()
    db.session.commit()
    flash(_("You are signed out."), "success")
    return shared.leave("/sign-in/provider/left" if through else "/")


@bp.post("/done")
@public
def done() -> ResponseReturnValue:
    """Leave a shared computer: nothing here leads to one's answers any more."""
    begun = _unsent()
    if begun and "sure" not in request.form:
        return render_template("accounts/done.html", begun=begun, numbers=_numbers())
    shared.end()
    flash(_("It is done. This device no longer knows your answers."), "success")
    return shared.leave()


@bp.get("/shared-computer")
@public
def shared_computer() -> ResponseReturnValue:
    """Say what a shared computer does, and whether this one is."""
    return render_template("accounts/shared_computer.html")


@bp.post("/shared-computer")
@public
def switch_shared_computer() -> ResponseReturnValue:
    """Say that this computer is shared, which ends all that is of one person on it, or not."""
    on = request.form.get("shared") == "on"
    if on:
        shared.end()
    flash(
        _("This computer is shared now. Each person ends with “I have finished”.")
        if on
        else _("This computer is no longer shared."),
        "success",
    )
    response = redirect("/shared-computer", 303)
    if on:
        response.headers["Clear-Site-Data"] = shared.CLEARED
    shared.switch(response, on=on)
    return response


def _unsent() -> list[str]:
    """Return the beginnings of the texts begun on this device, by someone without an account."""
    if viewer().account is not None:
        return []
    return drafts.beginnings(db.session(), viewer().participant_id)


def _numbers() -> list[str]:
    """Return the tracking numbers that lead back to these texts."""
    query = queries.numbers_of(viewer().participant_id or "")
    return [number for number in db.session.scalars(query) if number]
