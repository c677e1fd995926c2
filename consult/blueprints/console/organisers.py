"""Who organises a consultation: inviting someone by letter, taking someone away."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires, viewer
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...models import Consultation
from ...queries import organisers as queries
from ...services import organisers
from ..accounts import confirming, letters
from .blueprint import actor, bp, managed
from .fields import attempt
from .forms import InviteForm


@bp.route("/consultations/<slug>/organisers", methods=["GET", "POST"])
@requires("consultation.manage")
@limiter.limit("20 per hour", methods=["POST"])
def organisers_of(slug: str) -> ResponseReturnValue:
    """List who organises, and invite someone; the answer is the same whatever the address."""
    consultation = managed(slug)
    if request.method == "GET":
        return _page(InviteForm(), consultation)
    form = InviteForm(request.form)

    def act() -> None:
        confirming.shown()
        invited = organisers.invite(
            db.session(), consultation, email=form.email.clean, inviter=account(), now=clock.now()
        )
        if invited is not None:
            letters.invite("invitation", *invited, account(), title=consultation.title)

    if status := attempt(form, act):
        return _page(form, consultation), status
    flash(gettext("The invitation leaves for %(address)s.", address=form.email.clean), "success")
    return htmx.see_other("console.organisers_of", slug=slug)


@bp.post("/consultations/<slug>/invitations/<invitation_id>/delete")
@requires("consultation.manage")
def delete_invitation(slug: str, invitation_id: str) -> ResponseReturnValue:
    """Take an invitation back."""
    consultation = managed(slug)
    organisers.uninvite(db.session(), consultation, invitation_id, actor=actor(), now=clock.now())
    db.session.commit()
    flash(gettext("The invitation no longer works."), "success")
    return htmx.see_other("console.organisers_of", slug=slug)


@bp.post("/consultations/<slug>/organisers/<account_id>/delete")
@requires("consultation.manage")
def delete_organiser(slug: str, account_id: str) -> ResponseReturnValue:
    """Take an organiser away, oneself too, as long as someone is left."""
    consultation = managed(slug)
    try:
        confirming.shown()
        organisers.remove(db.session(), consultation, account_id, actor=actor(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return _page(InviteForm(), consultation, sentence(broken)), broken.status
    db.session.commit()
    flash(gettext("This person no longer organises this consultation."), "success")
    if account_id == account().id:
        db.session.refresh(account())
        return htmx.see_other("console.home" if viewer().may("console.open") else "accounts.space")
    return htmx.see_other("console.organisers_of", slug=slug)


def _page(form: InviteForm, consultation: Consultation, refusal: str = "") -> str:
    return render_template(
        "console/organisers.html",
        form=form,
        consultation=consultation,
        people=organisers.people(db.session(), consultation),
        invited=db.session.scalars(queries.invited(consultation.id, clock.now())).all(),
        me=account(),
        fresh=confirming.is_fresh(),
        refusal=refusal,
    )
