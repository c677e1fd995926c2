"""One's own space: texts, sessions; and the ways out."""

from flask import abort, current_app, flash, redirect, request, session
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from ... import clock, security, sso
from ...access import public, requires, viewer
from ...cache import page
from ...extensions import db
from ...i18n import gettext as _
from ...i18n import ngettext
from ...models import Account
from ...queries import accounts as account_queries
from ...queries import contributions as queries
from ...queries import paging
from ...services import accounts, entrance, passwords
from .routes import bp


def own() -> Account:
    """Return the account signed in."""
    if (account := viewer().account) is None:
        abort(403)
    return account


@bp.get("/account")
@requires("account.manage")
def space() -> ResponseReturnValue:
    """Show one's own texts and the places where one is signed in."""
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
        account=account,
        statements=rows,
        sessions=sessions,
        next_url=f"/account?cursor={after}#sessions" if after else None,
        here=here(),
        provider=sso.provider(),
    )


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
    return _leave('"cache", "storage"', "/sign-in/provider/left" if through else "/")


@bp.post("/done")
@public
def done() -> ResponseReturnValue:
    """Leave a shared computer: nothing here leads to one's answers any more."""
    security.sign_out()
    db.session.commit()
    flash(_("It is done. This device no longer knows your answers."), "success")
    response = _leave('"cache", "storage"')
    response.delete_cookie(
        current_app.config["DEVICE_COOKIE_NAME"],
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def _leave(cleared: str, target: str = "/") -> Response:
    response = redirect(target, 303)
    response.headers["Clear-Site-Data"] = cleared
    return response
