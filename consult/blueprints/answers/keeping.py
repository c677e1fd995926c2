"""Drafts, of whatever is being written: kept at each pause, found again, forgotten on demand."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import viewer
from ...domain.errors import RuleBroken
from ...extensions import db
from ...i18n import gettext as _
from ...i18n import sentence
from ...models import Consultation, Draft
from ...services import drafts, submissions
from . import forms, load


def found(target: str) -> Draft | None:
    """Return the reader's own draft for a target, if there is one."""
    return drafts.find(db.session(), viewer().participant_id, target)


def keep(target: str, fields: forms.Raw) -> Draft | None:
    """Keep the fields of a form that is not sent yet; one just sent leaves no draft behind."""
    participant = load.actor().participant_id
    if submissions.found(db.session(), participant, forms.key()) is not None:
        return None
    draft = drafts.save(
        db.session(), participant_id=participant, target=target, form=fields, now=clock.now()
    )
    db.session.commit()
    return draft


def kept(draft: Draft | None, consultation: Consultation, form: str) -> ResponseReturnValue:
    """Say beside the text that its draft is saved, or go back to the form."""
    if htmx.wants_fragment():
        return render_template("answers/_draft_status.html", draft=draft, consultation=consultation)
    if draft and "more" not in request.form:
        flash(_("Your draft is saved. You will find it here on this device."), "success")
    return redirect(form, 303)


def forget(target: str) -> None:
    """Forget a draft, when the person starts again from nothing."""
    if (participant := viewer().participant_id) is not None:
        drafts.discard(db.session(), participant_id=participant, target=target)
        db.session.commit()


def closed(
    draft: Draft, consultation: Consultation, broken: RuleBroken, names: Sequence[str]
) -> ResponseReturnValue:
    """Show the draft of a form that takes nothing any more, with the reason: it may be copied."""
    text = render_template(
        "answers/kept.html",
        consultation=consultation,
        message=sentence(broken),
        texts=[text for name in names for text in draft.form.get(name, [])],
    )
    return text, broken.status
