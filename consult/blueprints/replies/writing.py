"""The form of a reply: one field, how it is signed, and what was typed given back."""

from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock
from ...access import requires, viewer
from ...domain import signatures
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext as _
from ...i18n import sentence
from ...models import Statement
from ...prose import readable
from ...queries import territories
from ...services import replies
from ...services.participation import Actor
from ..answers import forms
from ..consultations.load import reader
from ..proposals import load
from .routes import KINDS, PLACES, UNDER, bp

FIELDS = ("body", "side", "link", "explanation")
REPLACED = "\ufffd"  # what a browser's broken bytes become when the form is read


@bp.get(f"{UNDER}/new")
@requires("comment.write")
def new(place: str, statement_id: str, what: str) -> ResponseReturnValue:
    """Show the form of a reply, or say at once why it is not for this reader."""
    seen, kind = _under(place, statement_id, what)
    replies.may_send(db.session(), kind, seen.statement, _reading(), now=seen.now)
    side = request.args.get("side", "")
    typed = {"side": side if side in replies.SIDES else "", "body": _first_text(seen, kind)}
    return page(seen, kind, typed)


@bp.post(f"{UNDER}/new")
@requires("comment.write")
def send(place: str, statement_id: str, what: str) -> ResponseReturnValue:
    """Take a reply, once, and go back to the text it is under."""
    seen, kind = _under(place, statement_id, what)
    raw = forms.sent()
    try:
        typed = {name: forms.one(raw, name) for name in FIELDS}
        if any(REPLACED in value for values in raw.values() for value in values):
            raise RuleBroken("text-unreadable")
        reply = replies.Reply(kind, replies.read(kind, typed), forms.signing(raw))
        sent = replies.send(
            db.session(),
            seen.statement,
            reply,
            Actor(viewer().take_part(), reader()),
            key=forms.key(),
            now=clock.now(),
        )
    except RuleBroken as broken:
        if broken.status != 422:
            raise
        db.session.rollback()
        return page(seen, kind, {name: "".join(raw.get(name, [])[:1]) for name in FIELDS}, broken)
    forms.remember(raw)
    db.session.commit()
    return after(seen, sent)


def page(
    seen: load.Seen, kind: str, typed: dict[str, str], broken: RuleBroken | None = None
) -> ResponseReturnValue:
    """Render the form, with what is wrong when something is."""
    text = render_template(
        "replies/write.html",
        seen=seen,
        kind=kind,
        typed={name: readable(value) for name, value in typed.items()},
        key=forms.new_key(),
        limit=20_000,
        error=sentence(broken) if broken else "",
        code=broken.code if broken else "",
        **signing_choices(seen, forms.sent()),
    )
    return text, broken.status if broken else 200


def signing_choices(seen: load.Seen, raw: forms.Raw) -> dict[str, Any]:
    """Return what the fields of a signature offer, and what is chosen."""
    chosen = {name: readable(raw[name][0]) for name in forms.SIGNING if raw.get(name)}
    code = seen.consultation.territory_code
    return {
        "signing": {**forms.remembered(), **chosen},
        "signature_kinds": [(name, _(label)) for name, label in signatures.LABELS.items()],
        "actor_kinds": [(name, _(label)) for name, label in signatures.ACTOR_LABELS.items()],
        "territories": db.session.execute(territories.inside(code)).all(),
    }


def after(seen: load.Seen, sent: Statement) -> ResponseReturnValue:
    """Go back to the text, and say what became of the reply."""
    if sent.state == "published":
        flash(_("Thank you, your text is published."), "success")
    else:
        flash(_("Thank you. Someone from the team reads your text, then publishes it."), "success")
    if sent.kind == "amendment":
        return redirect(f"/amendments/{sent.id}", 303)
    return redirect(f"{seen.url}#reply-{sent.id}", 303)


def _under(place: str, statement_id: str, what: str) -> tuple[load.Seen, str]:
    kind = KINDS[what]
    if PLACES[place] not in replies.RULES[kind].parents:
        abort(404)
    return load.statement_or_404(statement_id, PLACES[place]), kind


def _reading() -> Actor:
    """Return who reads, who may not be a participant yet."""
    return Actor(viewer().participant_id or "", reader())


def _first_text(seen: load.Seen, kind: str) -> str:
    """Return what the field holds at first: the text to amend, else nothing."""
    return seen.statement.body if kind == "amendment" else ""
