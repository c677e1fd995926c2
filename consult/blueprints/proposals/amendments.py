"""The page of an amendment: what it changes, the opinions on it, what the organiser decides."""

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from ... import clock
from ...access import check, public, requires, viewer
from ...domain import differences, signatures
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext as _
from ...i18n import sentence
from ...models import Statement
from ...prose import readable
from ...services import amendments
from ..answers import forms
from ..console import letters
from ..consultations import became
from ..second_readings import reasons
from . import load
from .routes import bp


@bp.get("/amendments/<amendment_id>")
@public
def show_amendment(amendment_id: str) -> ResponseReturnValue:
    """Show an amendment as what it changes in the text."""
    return page(load.statement_or_404(amendment_id, "amendment"))


@bp.post("/amendments/<amendment_id>/decision")
@requires("amendment.decide")
def decide(amendment_id: str) -> ResponseReturnValue:
    """Accept or refuse an amendment, with a reason."""
    seen = load.statement_or_404(amendment_id, "amendment")
    check("amendment.decide", seen.consultation)
    account = viewer().account
    raw = forms.sent()
    typed = {name: "".join(raw.get(name, [])[:1]) for name in ("verdict", "reason", "text")}
    version = "".join(raw.get("version", [])[:1])[:9]
    if account is None:
        abort(403)
    try:
        amendments.decide(
            db.session(),
            seen.statement,
            amendments.Decision(**typed, version=int(version) if version.isdecimal() else 0),
            account=account,
            now=clock.now(),
        )
    except RuleBroken as broken:
        if broken.status not in (409, 422) or broken.code == "amendment-decided":
            raise
        db.session.rollback()
        again = load.statement_or_404(amendment_id, "amendment")
        return page(again, typed, broken)
    letters.settled(seen.statement, seen.consultation)
    db.session.commit()
    flash(_("Your decision is published, with your reason."), "success")
    return redirect(f"/amendments/{amendment_id}", 303)


def page(
    seen: load.Seen, typed: dict[str, str] | None = None, broken: RuleBroken | None = None
) -> ResponseReturnValue:
    """Render the page, with what is wrong in the decision when something is."""
    parent = load.statement_or_404(seen.statement.parent_id or "", "proposal")
    may_decide = seen.statement.decision is None and viewer().may(
        "amendment.decide", seen.consultation
    )
    blank = {"verdict": "", "reason": "", "text": seen.statement.body}
    mine = seen.statement.participant_id == viewer().participant_id
    text = render_template(
        "proposals/amendment.html",
        seen=seen,
        given=reasons.shown(seen.statement, seen.consultation, mine=mine),
        parent=parent,
        used=became.of_text(seen.statement),
        verdict_of=became.verdict,
        parts=differences.compare(_before(seen.statement, parent.statement), seen.statement.body),
        may_decide=may_decide and seen.statement.state == "published",
        typed={name: readable(value) for name, value in (typed or blank).items()},
        error=sentence(broken) if broken else "",
        actors=signatures.ACTOR_LABELS,
    )
    return text, broken.status if broken else 200


def _before(amendment: Statement, proposal: Statement) -> str:
    """Return the text that an amendment was written against."""
    written_on = (amendment.value or {}).get("on_version", proposal.version)
    found = amendments.text_of_version(db.session(), proposal, written_on)
    return found if found is not None else proposal.body
