"""One's profile: a name, an organisation, where one speaks from; all optional."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account as own
from ...access import requires
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext, sentence
from ...services import drafts, profiles
from .routes import bp


@bp.get("/account/profile")
@requires("account.manage")
def profile() -> ResponseReturnValue:
    """Show what one says of oneself."""
    return _page({name: getattr(own(), name) for name in profiles.FIELDS})


@bp.post("/account/profile")
@requires("account.manage")
def save_profile() -> ResponseReturnValue:
    """Keep what one says of oneself; past signatures do not change."""
    typed = {name: request.form.get(name, "") for name in profiles.FIELDS}
    account = own()
    try:
        profiles.save(db.session(), account, typed, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return _page(typed, broken)
    db.session.commit()
    flash(gettext("Your profile is saved."), "success")
    return htmx.see_other("accounts.profile")


def _page(typed: dict[str, str], broken: RuleBroken | None = None) -> ResponseReturnValue:
    text = render_template(
        "accounts/profile.html",
        typed={name: drafts.plain(value) for name, value in typed.items()},
        error=sentence(broken) if broken else "",
    )
    return text, broken.status if broken else 200
