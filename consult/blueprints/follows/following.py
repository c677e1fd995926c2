"""Following: one click for whoever is signed in, else an address, a letter and its button."""

from flask import flash, redirect, request, session
from flask.typing import ResponseReturnValue

from ... import access, clock, i18n
from ...access import public, requires, viewer
from ...domain.errors import RuleBroken
from ...extensions import csrf, db, limiter
from ...htmx import render
from ...i18n import gettext as _
from ...i18n import sentence
from ...models import Territory
from ...queries import follows as queries
from ...services import drafts, follows
from ..consultations import load
from . import letters
from .routes import bp

PER_HOUR = "60 per hour"


@bp.app_template_global("is_followed")
def is_followed(name: str) -> bool:
    """Tell whether whoever reads, if signed in, follows this."""
    account = viewer().account
    if account is None:
        return False
    return db.session.execute(queries.followed(account.email, name)).first() is not None


def home(what: follows.Subject) -> follows.Home:
    """Return the clocks of the reader's territory, if they gave one, else those of the subject."""
    code = session.get("signing", {}).get("territory", "")
    territory = db.session.get(Territory, code) if code else None
    zone = territory.time_zone if territory else what.time_zone
    return follows.Home(zone, i18n.locale())


def subject(name: str) -> follows.Subject:
    """Return what an address names, if the reader may know of it; else 404."""
    return follows.subject(db.session(), name, reader=load.reader(), now=clock.now())


@bp.get("/follow")
@public
def ask() -> ResponseReturnValue:
    """Ask for an address, or show the one button of whoever is signed in."""
    return page(subject(request.args.get("subject", "")))


def page(
    what: follows.Subject, broken: RuleBroken | None = None, typed: str = ""
) -> ResponseReturnValue:
    """Render the form, with what is wrong when something is."""
    text = render(
        "follows/ask.html",
        "follows/_ask.html",
        what=what,
        typed=drafts.plain(typed),
        error=sentence(broken) if broken else "",
    )
    return text, broken.status if broken else 200


@bp.post("/follow")
@public
@csrf.exempt
@limiter.limit(PER_HOUR)
def follow() -> ResponseReturnValue:
    """Follow at once, or send the letter; the answer is the same whatever the address.

    A visitor's form holds no token: it does no more than ask for a letter (docs/decisions/0016).
    """
    if (account := viewer().account) is not None:
        csrf.protect()
    what, now = subject(request.form.get("subject", "")), clock.now()
    if account is not None:
        follows.follow(db.session(), account.email, what, home=home(what), now=now)
        db.session.commit()
        flash(_("You follow “%(title)s”.", title=what.title[:80]), "success")
        return redirect(what.path, 303)
    typed = request.form.get("email", "")
    try:
        asked = follows.ask(db.session(), typed, what, home=home(what), now=now)
    except RuleBroken as broken:
        db.session.rollback()
        return page(what, broken, typed)
    if asked is not None:
        letters.confirm(*asked, what)
    db.session.commit()
    address = typed.strip()[:254]
    said = _("A letter leaves for %(address)s. Open it and press the button.", address=address)
    flash(said, "info")
    return redirect(what.path, 303)


@bp.post("/follow/stop")
@requires("account.manage")
def stop_following() -> ResponseReturnValue:
    """Stop following, in one click where one followed, or from the list of what one follows."""
    name, now = request.form.get("subject", ""), clock.now()
    person = follows.find(db.session(), access.account().email)
    if person is not None and follows.stop(db.session(), person, name, now=now):
        flash(_("You no longer follow this."), "success")
    db.session.commit()
    if "list" in request.form:
        return redirect("/account/letters", 303)
    return redirect(subject(name).path, 303)


@bp.get("/follow/confirm/<token>")
@public
@limiter.limit(PER_HOUR)
def look(token: str) -> ResponseReturnValue:
    """Show the button of a letter's link; looking changes nothing."""
    found = follows.waiting(db.session(), token, now=clock.now())
    what = letters.known(found[1], found[0].subject) if found else None
    text = render("follows/confirm.html", "follows/_confirm.html", token=token, what=what)
    return text, 200 if what else 422, {"Referrer-Policy": "no-referrer"}


@bp.post("/follow/confirm/<token>")
@public
@limiter.limit(PER_HOUR)
def confirm(token: str) -> ResponseReturnValue:
    """Follow what the letter was about."""
    now = clock.now()
    begun = follows.confirm(db.session(), token, now=now)
    person = follows.of_follow(db.session(), begun)
    db.session.commit()
    flash(_("You follow this. One letter a week tells you what is new."), "success")
    return redirect(letters.stop_path(person), 303)
