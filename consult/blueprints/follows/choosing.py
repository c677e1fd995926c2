"""Which letters one gets, and all that one follows, for whoever has an account."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ... import access, clock
from ...access import requires
from ...domain import follows as rules
from ...extensions import db
from ...i18n import gettext as _
from ...i18n import place
from ...models import Subscriber
from ...queries import followed
from ...services import follows
from .routes import bp

ZONES = (
    "Europe/Paris",
    "America/Guadeloupe",
    "America/Martinique",
    "America/Cayenne",
    "America/Miquelon",
    "Indian/Reunion",
    "Indian/Mayotte",
    "Pacific/Noumea",
    "Pacific/Tahiti",
    "Pacific/Wallis",
)


@bp.get("/account/letters")
@requires("account.manage")
def own_letters() -> ResponseReturnValue:
    """Show what one follows, and the three choices."""
    return render_template(
        "follows/own.html", **shown(follows.find(db.session(), access.account().email))
    )


@bp.post("/account/letters")
@requires("account.manage")
def choose_letters() -> ResponseReturnValue:
    """Keep the choice."""
    now = clock.now()
    person = follows.subscribe(db.session(), access.account().email, now=now)
    follows.choose(
        db.session(),
        person,
        request.form.get("letters", ""),
        zone=request.form.get("time_zone", ""),
        now=now,
    )
    db.session.commit()
    flash(_("Your choice is kept."), "success")
    return redirect("/account/letters", 303)


def shown(person: Subscriber | None) -> dict[str, Any]:
    """Return what a page of letters shows of a person, who may be unknown yet."""
    zone = person.time_zone if person else follows.ZONE
    zones = {name: place(name) for name in (*ZONES, zone)}
    return {
        "letters": person.letters if person else rules.AT_ONCE,
        "choices": rules.LETTERS,
        "kinds": followed.kinds(),
        "held": follows.held(db.session(), person, now=clock.now()) if person else [],
        "zone": zone,
        "zones": sorted(zones.items(), key=lambda pair: pair[1]),
    }
