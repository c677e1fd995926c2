"""Signing in through a provider of identity: there and back, then one button, which acts."""

import secrets
from dataclasses import asdict
from datetime import datetime, timedelta

from flask import abort, current_app, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from ... import clock, htmx, sso
from ...access import public, viewer
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import sentence
from ...services import entrance as ways_in
from ...services import identities, spent
from . import entrance, letters
from .routes import bp

LIFE = timedelta(minutes=10)
# Longer: a letter may have to be read before an identity is linked.
KEPT = timedelta(hours=1)
CODE = 2_000


def known() -> sso.Provider:
    """Return the provider of the settings; without one there is no such page."""
    if (found := sso.provider()) is None:
        abort(404)
    return found


def vouched() -> tuple[identities.Vouched, str]:
    """Return whom the provider vouched for in this browser, and the number to spend for it.

    Raises provider-late (409) for nobody, too long ago, or a number that was spent.
    """
    kept = session.get("vouched")
    if not kept or datetime.fromisoformat(kept["since"]) < clock.now() - KEPT:
        raise RuleBroken("provider-late", 409)
    if spent.is_spent(db.session(), kept["number"]):
        raise RuleBroken("provider-late", 409)
    return identities.Vouched(**kept["who"]), kept["number"]


@bp.get("/sign-in/provider")
@public
@limiter.limit(entrance.PER_MINUTE)
def leave_for_provider() -> ResponseReturnValue:
    """Go and sign in elsewhere; this browser alone can come back."""
    try:
        address, kept = sso.begin(known(), _back())
    except RuleBroken as broken:
        return _refused(broken)
    session["leaving"] = kept | {"since": clock.now().isoformat()}
    response = redirect(address, 303)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@bp.get("/sign-in/provider/callback")
@public
@limiter.limit(entrance.PER_MINUTE)
def come_back() -> ResponseReturnValue:
    """Come back from the provider: what it says is kept, and nothing is done yet."""
    to, kept = known(), session.pop("leaving", None)
    try:
        code = _code(to, kept)
        found = sso.finish(to, _back(), code, kept)
    except RuleBroken as broken:
        return _refused(broken)
    session["vouched"] = {
        "who": asdict(found),
        "number": kept["state"],
        "since": clock.now().isoformat(),
    }
    page = "accounts.own_identities" if viewer().account else "accounts.look_at_identity"
    return htmx.see_other(page)


@bp.get("/sign-in/provider/confirm")
@public
def look_at_identity() -> ResponseReturnValue:
    """Show who one signs in as, with the button that does."""
    to = known()
    try:
        who, _number = vouched()
    except RuleBroken as broken:
        return _refused(broken)
    way = _way(who)
    if way in ("sign-in-first", "no-address"):
        session["next"] = "/account/identities"
    text = render_template("accounts/provider.html", provider=to, who=who, way=way)
    return text, 200, {"Referrer-Policy": "no-referrer", "Cache-Control": "private, no-store"}


@bp.post("/sign-in/provider/confirm")
@public
@limiter.limit(entrance.PER_MINUTE)
def use_identity() -> ResponseReturnValue:
    """Sign in, or send the letter that checks an address nobody vouches for."""
    known()
    who, number = vouched()
    way = _way(who)
    if way in ("sign-in-first", "no-address"):
        return htmx.see_other("accounts.look_at_identity")
    if way == "letter":
        return _send_letter(who.email)
    try:
        spent.spend(db.session(), number, now=clock.now())
        account = identities.sign_in(db.session(), who, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return _refused(broken)
    if account is None:
        raise RuleBroken("provider-late", 409)
    session.pop("vouched", None)
    session["through_provider"] = True
    return entrance.enter(account, viewer().participant_id)


@bp.get("/sign-in/provider/left")
@public
def left_provider() -> ResponseReturnValue:
    """Say that one is signed out here, and where one signs out of the provider."""
    to = known()
    address = sso.end_session(to, f"{current_app.config['BASE_URL']}/")
    return render_template("accounts/provider_left.html", provider=to, address=address)


def _back() -> str:
    return f"{current_app.config['BASE_URL']}/sign-in/provider/callback"


def _code(to: sso.Provider, kept: dict[str, str] | None) -> str:
    """Return the code that the provider gave this browser, or raise provider-refused (400)."""
    sent = request.args
    late = not kept or datetime.fromisoformat(kept["since"]) < clock.now() - LIFE
    if kept is None or late or not _same(sent.get("state", ""), kept["state"]):
        raise RuleBroken("provider-refused", 400)
    if spent.is_spent(db.session(), kept["state"]) or sent.get("iss", to.issuer) != to.issuer:
        raise RuleBroken("provider-refused", 400)
    code = sent.get("code", "")
    if not code or len(code) > CODE or not code.isprintable():
        raise RuleBroken("provider-refused", 400)
    return code


def _same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode("utf-8", "replace"), other.encode())


def _way(who: identities.Vouched) -> str:
    """Tell what the button may do for someone whom the provider vouched for.

    An address that the provider did not check says nothing here: not even that it is known.
    """
    if identities.account_of(db.session(), who) is not None:
        return "known"
    if not who.email:
        return "no-address"
    if not who.verified:
        return "letter"
    return "sign-in-first" if identities.has_account(db.session(), who.email) else "new"


def _send_letter(email: str) -> Response:
    """Send a way in to an address, as when it is typed; the link is offered afterwards."""
    way = ways_in.ask(db.session(), email, now=clock.now(), participant_id=viewer().participant_id)
    if way is not None:
        letters.send_way_in(email, way, "sign_in")
    db.session.commit()
    session["sign_in_email"], session["next"] = email, "/account/identities"
    return htmx.see_other("accounts.sent")


def _refused(broken: RuleBroken) -> ResponseReturnValue:
    """Say what went wrong, and show the other ways in."""
    text = render_template(
        "accounts/provider.html", provider=known(), way="refused", error=sentence(broken)
    )
    later = {"Retry-After": "30"} if broken.status == 503 else {}
    return text, broken.status, later
