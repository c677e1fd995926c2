"""Accepting what a letter offers: a consultation to organise, a role, a room, a call to run.

Looking at the letter's link changes nothing.
"""

from collections.abc import Callable
from typing import NamedTuple

from flask import flash, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from ... import clock
from ...access import public, viewer
from ...domain import roles as site
from ...domain import rooms as rules
from ...domain.errors import RuleBroken
from ...domain.kinds import N_
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...models import Account
from ...services import call_officers, organisers, role_holders, room_invitations, rooms
from . import entrance
from .routes import bp

ROLES = {
    site.MEDIATOR: N_("Mediator: writes for someone"),
    site.ORGANISER: N_("Organiser: opens consultations"),
    site.LOCAL_AUTHORITY: N_("Local authority: opens calls"),
    site.AUDITOR: N_("Auditor: reads the journal"),
    site.ADMINISTRATOR: N_("Administrator: looks after the site"),
}


class Shown(NamedTuple):
    """What a page says of an offer: its heading, a sentence, the address it is for."""

    heading: str
    text: str
    email: str
    asks_name: bool = False


class Kind(NamedTuple):
    """A kind of offer: how it is found and said, how it is accepted, what is said then."""

    find: Callable[[str], Shown | None]
    accept: Callable[[str, Account | None], tuple[Account, str]]
    done: str


def _find_consultation(token: str) -> Shown | None:
    found = organisers.waiting(db.session(), token, now=clock.now())
    if found is None:
        return None
    text = gettext("You are invited to organise “%(title)s”.", title=found[1].title)
    return Shown(gettext("Organise a consultation"), text, found[0].email)


def _organise(token: str, reader: Account | None) -> tuple[Account, str]:
    found = organisers.accept(db.session(), token, reader=reader, now=clock.now())
    return found[0], url_for("console.consultation", slug=found[1].slug)


def _find_role(token: str) -> Shown | None:
    found = role_holders.waiting(db.session(), token, now=clock.now())
    if found is None:
        return None
    heading = gettext("You are invited to a role")
    return Shown(heading, gettext(ROLES[found.role]), found.email)


def _take_role(token: str, reader: Account | None) -> tuple[Account, str]:
    account = role_holders.accept(db.session(), token, reader=reader, now=clock.now())
    return account, url_for("accounts.space")


def _find_room(token: str) -> Shown | None:
    found = room_invitations.waiting(db.session(), token, now=clock.now())
    if found is None:
        return None
    letter, room = found
    facilitates = letter.role == rules.FACILITATOR
    text = (
        gettext("You are invited to facilitate the room “%(name)s”.", name=room.name)
        if facilitates
        else gettext("You are invited to join the room “%(name)s”.", name=room.name)
    )
    return Shown(gettext("Join a room"), text, letter.email, facilitates)


def _join_room(token: str, reader: Account | None) -> tuple[Account, str]:
    account, room = room_invitations.accept(db.session(), token, reader=reader, now=clock.now())
    if request.form.get("named") == "yes":
        rooms.name_oneself(db.session(), room, account.id, is_named=True, now=clock.now())
    return account, url_for("rooms.show", slug=room.slug)


def _find_call(token: str) -> Shown | None:
    found = call_officers.waiting(db.session(), token, now=clock.now())
    if found is None:
        return None
    text = gettext("You are invited to run “%(title)s”.", title=found[1].title)
    return Shown(gettext("Run an open call"), text, found[0].email)


def _run_call(token: str, reader: Account | None) -> tuple[Account, str]:
    account, call = call_officers.accept(db.session(), token, reader=reader, now=clock.now())
    return account, url_for("console.open_call", slug=call.slug)


KINDS = {
    "invitations": Kind(_find_consultation, _organise, N_("You organise this consultation now.")),
    "role-invitations": Kind(_find_role, _take_role, N_("You have this role now.")),
    "room-invitations": Kind(_find_room, _join_room, N_("You are in this room now.")),
    "call-invitations": Kind(_find_call, _run_call, N_("You run this call now.")),
}


def _serve(place: str, kind: Kind) -> None:
    """Serve the page of one kind of offer, and the button that accepts it."""
    name = place.replace("-", "_")

    @bp.get(f"/{place}/<token>", endpoint=f"look_at_{name}")
    @public
    @limiter.limit(entrance.PER_MINUTE)
    def look(token: str) -> ResponseReturnValue:
        """Show what one is invited to, and the button that accepts."""
        return _page(place, kind, token)

    @bp.post(f"/{place}/<token>", endpoint=f"accept_{name}")
    @public
    @limiter.limit(entrance.PER_MINUTE)
    def accept(token: str) -> ResponseReturnValue:
        """Accept, and be signed in as the address that got the letter."""
        try:
            account, target = kind.accept(token, viewer().account)
        except RuleBroken as broken:
            db.session.rollback()
            return _page(place, kind, token, broken)
        session["next"] = target
        response = entrance.enter(account, None)
        flash(gettext(kind.done), "success")
        return response


def _page(
    place: str, kind: Kind, token: str, broken: RuleBroken | None = None
) -> ResponseReturnValue:
    found = kind.find(token)
    text = render_template(
        "accounts/invitation.html",
        address=f"/{place}/{token}",
        found=found,
        refusal=sentence(broken) if broken and found else "",
    )
    status = broken.status if broken else 200 if found else 422
    return text, status, {"Referrer-Policy": "no-referrer"}


for _place, _kind in KINDS.items():
    _serve(_place, _kind)
