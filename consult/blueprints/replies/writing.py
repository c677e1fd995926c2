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
from ...models import Draft, Statement
from ...prose import readable
from ...services import replies
from ...services.participation import Actor
from ..answers import forms, keeping
from ..answers.load import actor
from ..consultations.load import reader
from ..proposals import load
from ..territories import naming
from .routes import KINDS, PLACES, UNDER, bp

WRITTEN = ("body", "link", "explanation")
FIELDS = (*WRITTEN, "side")
REPLACED = "\ufffd"  # what a browser's broken bytes become when the form is read


@bp.get(f"{UNDER}/new")
@requires("comment.write")
def new(place: str, statement_id: str, what: str) -> ResponseReturnValue:
    """Show the form of a reply, with its draft, or say at once why it is not for this reader."""
    seen, kind = _under(place, statement_id, what)
    draft = keeping.found(replies.draft_target(kind, statement_id))
    try:
        replies.may_send(db.session(), kind, seen.statement, _reading(), now=seen.now)
    except RuleBroken as broken:
        if draft is None:
            raise
        return keeping.closed(draft, seen.consultation, broken, WRITTEN)
    if draft is not None:
        return page(seen, kind, dict(draft.form), draft=draft)
    side = request.args.get("side", "")
    side = side if side in replies.SIDES else ""
    return page(seen, kind, {"side": [side], "body": [_first_text(seen, kind)]})


@bp.post(f"{UNDER}/new/draft")
@requires("comment.write")
def keep_draft(place: str, statement_id: str, what: str) -> ResponseReturnValue:
    """Keep what is typed so far."""
    seen, kind = _under(place, statement_id, what)
    replies.may_send(db.session(), kind, seen.statement, actor(), now=seen.now)
    draft = _keep(seen, kind, forms.sent())
    return keeping.kept(draft, seen.consultation, f"{seen.url}/{what}/new#reply-form")


@bp.post(f"{UNDER}/new/start-again")
@requires("comment.write")
def start_again(place: str, statement_id: str, what: str) -> ResponseReturnValue:
    """Forget the draft."""
    seen, kind = _under(place, statement_id, what)
    keeping.forget(replies.draft_target(kind, statement_id))
    return redirect(f"{seen.url}/{what}/new", 303)


@bp.post(f"{UNDER}/new")
@requires("comment.write")
def send(place: str, statement_id: str, what: str) -> ResponseReturnValue:
    """Take a reply, once, and go back to the text it is under."""
    seen, kind = _under(place, statement_id, what)
    raw = forms.sent()
    try:
        sent = replies.send(
            db.session(),
            seen.statement,
            _read(kind, raw),
            actor(),
            key=forms.key(),
            now=clock.now(),
        )
    except RuleBroken as broken:
        return refuse(seen, kind, raw, broken)
    forms.remember(raw, sent.territory_code)
    db.session.commit()
    return after(seen, sent)


def refuse(seen: load.Seen, kind: str, raw: forms.Raw, broken: RuleBroken) -> ResponseReturnValue:
    """Keep what was typed, then show it again with what is wrong."""
    db.session.rollback()
    if broken.status in (403, 404):
        raise broken
    draft = _keep(seen, kind, raw)
    if broken.status != 422:
        raise broken
    return page(seen, kind, raw, broken, draft=draft)


def page(
    seen: load.Seen,
    kind: str,
    raw: forms.Raw,
    broken: RuleBroken | None = None,
    *,
    draft: Draft | None = None,
) -> ResponseReturnValue:
    """Render the form, with what is wrong when something is."""
    text = render_template(
        "replies/write.html",
        seen=seen,
        kind=kind,
        typed={name: readable("".join(raw.get(name, [])[:1])) for name in FIELDS},
        started=draft,
        consultation=seen.consultation,
        key=forms.new_key(),
        limit=20_000,
        error=sentence(broken) if broken else "",
        code=broken.code if broken else "",
        **signing_choices(raw, broken),
    )
    return text, broken.status if broken else 200


def signing_choices(raw: forms.Raw, broken: RuleBroken | None) -> dict[str, Any]:
    """Return what the fields of a signature offer, and what is chosen."""
    signing = forms.offered(raw)
    return {
        "signing": signing,
        "signature_kinds": [(name, _(label)) for name, label in signatures.LABELS.items()],
        "actor_kinds": [(name, _(label)) for name, label in signatures.ACTOR_LABELS.items()],
        "places": naming.meant(signing, broken),
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


def _read(kind: str, raw: forms.Raw) -> replies.Reply:
    typed = {name: forms.one(raw, name) for name in FIELDS}
    if any(REPLACED in value for values in raw.values() for value in values):
        raise RuleBroken("text-unreadable")
    return replies.Reply(kind, replies.read(kind, typed), forms.signing(raw))


def _keep(seen: load.Seen, kind: str, raw: forms.Raw) -> Draft | None:
    """Keep the fields of a reply; the text to amend, left as it is, is nothing typed."""
    first = {"body": _first_text(seen, kind)}
    typed = any(
        same_text("".join(raw.get(name, []))) != same_text(first.get(name, "")) for name in WRITTEN
    )
    fields = {name: raw[name][:1] for name in (*FIELDS, *forms.SIGNING) if name in raw}
    return keeping.keep(replies.draft_target(kind, seen.statement.id), fields if typed else {})


def same_text(text: str) -> str:
    """Return a text as it is compared: a browser sends the ends of lines its own way."""
    return "\n".join(text.split("\r\n")).strip()


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
