"""Who runs an open call: inviting someone by letter, taking someone away."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires, viewer
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...models import OpenCall
from ...queries import call_officers as queries
from ...services import call_officers
from ..accounts import confirming, letters
from .blueprint import actor, bp, key_or_404
from .call_forms import OfficerForm
from .calls import managed_call
from .fields import attempt


@bp.route("/open-calls/<slug>/officers", methods=["GET", "POST"])
@requires("call.manage")
@limiter.limit("20 per hour", methods=["POST"])
def officers_of(slug: str) -> ResponseReturnValue:
    """List who runs a call, and invite someone; the answer is the same whatever the address."""
    call = managed_call(slug)
    if request.method == "GET":
        return _page(OfficerForm(), call)
    form = OfficerForm(request.form)

    def act() -> None:
        confirming.shown()
        invited = call_officers.invite(
            db.session(), call, email=form.email.clean, inviter=account(), now=clock.now()
        )
        if invited is not None:
            letters.invite("call_invitation", *invited, account(), title=call.title)

    if status := attempt(form, act):
        return _page(form, call), status
    flash(gettext("The invitation leaves for %(address)s.", address=form.email.clean), "success")
    return htmx.see_other("console.officers_of", slug=slug)


@bp.post("/open-calls/<slug>/invitations/<invitation_id>/delete")
@requires("call.manage")
def delete_call_invitation(slug: str, invitation_id: str) -> ResponseReturnValue:
    """Take an invitation back."""
    call, key = managed_call(slug), key_or_404(invitation_id)
    call_officers.uninvite(db.session(), call, key, actor=actor(), now=clock.now())
    db.session.commit()
    flash(gettext("The invitation no longer works."), "success")
    return htmx.see_other("console.officers_of", slug=slug)


@bp.post("/open-calls/<slug>/officers/<account_id>/delete")
@requires("call.manage")
def delete_officer(slug: str, account_id: str) -> ResponseReturnValue:
    """Take someone away, oneself too, as long as someone is left."""
    call, key = managed_call(slug), key_or_404(account_id)
    try:
        confirming.shown()
        call_officers.remove(db.session(), call, key, actor=actor(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return _page(OfficerForm(), call, sentence(broken)), broken.status
    db.session.commit()
    flash(gettext("This person no longer runs this call."), "success")
    if account_id == account().id:
        db.session.refresh(account())
        return htmx.see_other("console.home" if viewer().may("console.open") else "accounts.space")
    return htmx.see_other("console.officers_of", slug=slug)


def _page(form: OfficerForm, call: OpenCall, refusal: str = "") -> str:
    return render_template(
        "console/call_officers.html",
        form=form,
        call=call,
        people=call_officers.people(db.session(), call),
        invited=db.session.scalars(queries.invited(call.id, clock.now())).all(),
        me=account(),
        fresh=confirming.is_fresh(),
        refusal=refusal,
    )
