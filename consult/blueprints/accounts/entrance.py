"""Signing in: an address, a link or six digits, one button; looking at a link changes nothing."""

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from ... import clock, htmx, security, sso
from ...access import public, viewer
from ...domain import clean
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext as _
from ...i18n import ngettext, sentence
from ...models import Account, SignInLink
from ...services import accounts, contributions, drafts, entrance
from . import letters
from .routes import bp

PER_MINUTE = "10 per minute"


def form(broken: RuleBroken | None = None, typed: str = "") -> ResponseReturnValue:
    """Render the field for an address."""
    error = sentence(broken) if broken else ""
    typed = drafts.plain(typed)
    text = htmx.render(
        "accounts/sign_in.html",
        "accounts/_sign_in.html",
        error=error,
        typed=typed,
        provider=sso.provider(),
    )
    return text, broken.status if broken else 200


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Ask for an address."""
    if target := request.args.get("next"):
        session["next"] = security.safe_path(target)
    return form()


@bp.post("/sign-in")
@public
@limiter.limit(PER_MINUTE)
def ask() -> ResponseReturnValue:
    """Send a way in; the answer is the same whatever the address."""
    typed = request.form.get("email", "")
    try:
        address = clean.email(typed, required="email-unreadable")
    except RuleBroken as broken:
        return form(broken, typed)
    way = entrance.ask(
        db.session(), address, now=clock.now(), participant_id=viewer().participant_id
    )
    if way is not None:
        letters.send_way_in(address, way, "sign_in")
    db.session.commit()
    session["sign_in_email"] = address
    return htmx.see_other("accounts.sent")


def code_form(broken: RuleBroken | None = None) -> ResponseReturnValue:
    """Render the page that says to look at one's letters, with the field for the code."""
    address = session.get("sign_in_email")
    if address is None:
        return htmx.see_other("accounts.sign_in")
    error = sentence(broken) if broken else ""
    text = htmx.render(
        "accounts/sent.html", "accounts/_code_form.html", error=error, address=address
    )
    return text, broken.status if broken else 200


@bp.get("/sign-in/sent")
@public
def sent() -> ResponseReturnValue:
    """Say where the letter went, and what to do when it does not come."""
    return code_form()


@bp.post("/sign-in/code")
@public
@limiter.limit(PER_MINUTE)
def use_code() -> ResponseReturnValue:
    """Sign in with the six digits; a wrong try counts.

    What was written on another device is shown first, as a link does: it may not be theirs.
    """
    code = clean.line("".join(request.form.get("code", "").split()), 20)
    address = session.get("sign_in_email", "")
    try:
        link = accounts.of_code(db.session(), address, code)
        elsewhere = link.participant_id != viewer().participant_id
        texts = waiting(link.participant_id) if elsewhere else []
        if texts and "seen" not in request.form:
            db.session.commit()
            return shown(link, "code", texts, code=code)
        account, participant = accounts.use(db.session(), link, now=clock.now())
    except RuleBroken as broken:
        db.session.commit()
        return code_form(broken)
    return enter(account, participant)


@bp.get("/sign-in/<token>")
@public
def look(token: str) -> ResponseReturnValue:
    """Show the button of a link; a machine that opens links changes nothing."""
    link = entrance.of_link(db.session(), token, now=clock.now())
    if link is not None and link.replaced_at is not None:
        return shown(None, token, [], replaced=True)
    return shown(link, token, waiting(link.participant_id if link else None))


def shown(
    link: SignInLink | None,
    token: str,
    texts: list[str],
    *,
    code: str = "",
    replaced: bool = False,
) -> ResponseReturnValue:
    """Render the button of a way in, with the texts that it would publish, or why it is closed."""
    text = htmx.render(
        "accounts/link.html",
        "accounts/_link.html",
        token=token,
        link=link,
        waiting=texts,
        code=code,
        replaced=replaced,
    )
    status = 409 if replaced else 200 if link else 422
    return text, status, {"Referrer-Policy": "no-referrer"}


def waiting(participant_id: str | None) -> list[str]:
    """Return the beginnings of the texts that this way in would publish."""
    texts = contributions.waiting(db.session(), participant_id)
    return [text[:200] for text in texts]


@bp.post("/sign-in/<token>")
@public
@limiter.limit(PER_MINUTE)
def use(token: str) -> ResponseReturnValue:
    """Use the link, once."""
    account, participant = accounts.follow_link(db.session(), token, now=clock.now())
    return enter(account, participant)


def enter(account: Account, participant_id: str | None) -> Response:
    """Let in whoever has shown who they are, or ask for their second step first."""
    if account.second_step:
        session["half"] = (account.id, participant_id, clock.now().isoformat())
        db.session.commit()
        return htmx.see_other("accounts.ask_second_step")
    return let_in(account, participant_id)


def let_in(account: Account, participant_id: str | None) -> Response:
    """Open the session, publish what waited for this address, and go where the person was.

    Whoever's access is closed is shown why instead, and what they can still do.
    """
    if not account.active:
        security.hold_off(account)
        db.session.commit()
        return _to(url_for("personal.closed"))
    published = contributions.adopt(
        db.session(), account, participant_id=participant_id, now=clock.now()
    )
    target = security.safe_path(session.get("next"))
    security.sign_in(account)
    session.pop("next", None)
    db.session.commit()
    if published:
        flash(said(len(published), published[0].state), "success")
        target = url_for("answers.receipt", statement_id=published[0].id)
    return _to(target)


def said(number: int, state: str) -> str:
    """Say what became of the texts that waited."""
    if state == "pending":
        return _("Your address is confirmed. Someone reads your answer before it is published.")
    return ngettext(
        "Your address is confirmed. Your answer is published.",
        "Your address is confirmed. Your %(num)s answers are published.",
        number,
    )


def _to(path: str) -> Response:
    if htmx.wants_fragment():
        response = Response("", 200)
        response.headers["HX-Redirect"] = path
        return response
    return redirect(path, 303)
