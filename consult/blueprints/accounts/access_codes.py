"""Coming in with a code printed on a letter: no account, no e-mail address."""

from flask import flash, g, make_response, render_template, request, session
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from ... import clock, htmx
from ...access import public, viewer
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...services import access_codes, drafts
from .routes import bp

WRONG = 422
OF_ANOTHER = ("followed", "signing", "assistance")


def is_wrong(response: Response) -> bool:
    """Tell whether a code was refused: only these tries count."""
    return response.status_code == WRONG


@bp.get("/code")
@public
def ask_code() -> ResponseReturnValue:
    """Ask for the code of the letter; looking at it changes nothing."""
    return _page(request.args.get("code", "")[:100])


@bp.post("/code")
@public
@limiter.limit("20 per minute;200 per day", deduct_when=is_wrong)
def use_code_of_letter() -> ResponseReturnValue:
    """Let in whoever holds the letter, and show the consultation."""
    typed = request.form.get("code", "")
    try:
        if viewer().account is not None:
            raise RuleBroken("access-code-signed-in", 409)
        consultation, device = access_codes.use(db.session(), typed, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return _page(typed[:100], broken)
    db.session.commit()
    for name in OF_ANOTHER:
        session.pop(name, None)
    g.new_device = device
    flash(gettext("Your code is right. You can answer now."), "success")
    return htmx.see_other("consultations.show", slug=consultation.slug)


def _page(typed: str, broken: RuleBroken | None = None) -> ResponseReturnValue:
    response = make_response(
        render_template(
            "accounts/access_code.html",
            typed=drafts.plain(typed),
            error=sentence(broken) if broken else "",
        )
    )
    response.status_code = broken.status if broken else 200
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-store"
    return response
