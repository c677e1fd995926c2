"""One route a kind of statement: the page's form without script, a fragment with htmx."""

from flask import Blueprint, flash, get_template_attribute, redirect, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import requires, viewer
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext as _
from ...security import safe_path
from ...services import stances
from ...services.participation import Actor
from ..consultations.load import reader

bp = Blueprint("stances", __name__)

KINDS = {
    "answers": "answer",
    "proposals": "proposal",
    "amendments": "amendment",
    "arguments": "argument",
}
TAKEN_BACK = ("", "none")


@bp.post(f"/<any({', '.join(KINDS)}):kind>/<statement_id>/stance")
@requires("stance.give")
def give(kind: str, statement_id: str) -> ResponseReturnValue:
    """Give, change or take back one's opinion."""
    given = stances.give(
        db.session(),
        statement_id=statement_id,
        kind=KINDS[kind],
        actor=Actor(viewer().take_part(), reader()),
        value=chosen(),
        now=clock.now(),
    )
    db.session.commit()
    if htmx.wants_fragment():
        buttons = get_template_attribute("ui/stances.html", "stance_buttons")
        return str(buttons(statement_id, request.path, given.counts, given.value))
    flash(
        _("Your opinion is counted.") if given.value else _("Your opinion is taken back."),
        "success",
    )
    return redirect(f"{back_to(kind, given)}#stances-{statement_id}", 303)


def chosen() -> str | None:
    """Return the one value sent, None to take back, or raise stance-unknown."""
    values = request.form.getlist("value")
    if len(values) != 1:
        raise RuleBroken("stance-unknown")
    return None if values[0] in TAKEN_BACK else values[0]


def back_to(kind: str, given: stances.Given) -> str:
    """Return the page that the form was on, else the statement's own."""
    asked = request.form.get("next", "")
    if (path := safe_path(asked)) != "/":
        return path.partition("#")[0]
    if kind == "answers":
        return f"/answers/{given.statement_id}"
    proposal_id = given.statement_id if kind == "proposals" else given.parent_id
    return f"/proposals/{proposal_id}"
