"""Who acts for an organisation: declaring, inviting, saying as what, leaving."""

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires, viewer
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...models import Organisation
from ...queries import mandates as queries
from ...services import drafts, mandates
from ..accounts import letters
from ..consultations import load
from .routes import bp, found


@bp.get("/account/organisations")
@requires("account.manage")
def mine() -> ResponseReturnValue:
    """List the organisations one acts for, and offer to declare one."""
    return _mine()


@bp.post("/account/organisations")
@requires("account.manage")
@limiter.limit("20 per hour")
def declare() -> ResponseReturnValue:
    """Declare that one acts for an organisation."""
    name, what = request.form.get("name", ""), request.form.get("function", "")
    me = account()
    try:
        organisation = mandates.declare(db.session(), me, name=name, function=what, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        return _mine(broken, name, what)
    db.session.commit()
    flash(gettext("You act for this organisation now."), "success")
    return htmx.see_other("organisations.members", slug=organisation.slug)


@bp.get("/organisations/<slug>/members")
@requires("account.manage")
def members(slug: str) -> ResponseReturnValue:
    """Show the members to each other, and to whoever confirms organisations."""
    return _page(found(slug))


@bp.post("/organisations/<slug>/members")
@requires("account.manage")
def describe(slug: str) -> ResponseReturnValue:
    """Say as what one acts, and whether one's name is shown."""
    organisation = found(slug)
    mandate = mandates.held_by(db.session(), organisation, account())
    try:
        mandates.describe(
            db.session(),
            mandate,
            function=request.form.get("function", ""),
            is_shown="is_shown" in request.form,
            now=clock.now(),
        )
    except RuleBroken as broken:
        db.session.rollback()
        return _page(organisation, broken)
    db.session.commit()
    flash(gettext("Saved."), "success")
    return htmx.see_other("organisations.members", slug=slug)


@bp.post("/organisations/<slug>/invitations")
@requires("account.manage")
@limiter.limit("20 per hour")
def invite(slug: str) -> ResponseReturnValue:
    """Invite someone; the answer is the same whatever the address."""
    organisation, me, email = found(slug), account(), request.form.get("email", "")
    try:
        invited = mandates.invite(
            db.session(), organisation, email=email, inviter=me, now=clock.now()
        )
    except RuleBroken as broken:
        db.session.rollback()
        if broken.status == 403:
            raise
        return _page(organisation, broken, email)
    if invited is not None:
        letters.invite("organisation_invitation", *invited, me, organisation=organisation.name)
    db.session.commit()
    flash(gettext("The invitation leaves for %(address)s.", address=email.strip()), "success")
    return htmx.see_other("organisations.members", slug=slug)


@bp.post("/organisations/<slug>/invitations/<invitation_id>/delete")
@requires("account.manage")
def uninvite(slug: str, invitation_id: str) -> ResponseReturnValue:
    """Take an invitation back."""
    organisation = found(slug)
    _key_or_404(invitation_id)
    mandates.uninvite(db.session(), organisation, invitation_id, by=account(), now=clock.now())
    db.session.commit()
    flash(gettext("The invitation no longer works."), "success")
    return htmx.see_other("organisations.members", slug=slug)


@bp.post("/organisations/<slug>/members/<mandate_id>/delete")
@requires("account.manage")
def end(slug: str, mandate_id: str) -> ResponseReturnValue:
    """Leave, or end the mandate of someone who came later."""
    organisation, me = found(slug), account()
    _key_or_404(mandate_id)
    ended = mandates.end(db.session(), organisation, mandate_id, by=me, now=clock.now())
    db.session.commit()
    flash(gettext("This mandate is over."), "success")
    if ended.account_id == me.id:
        return redirect("/account/organisations", 303)
    return htmx.see_other("organisations.members", slug=slug)


def _key_or_404(key: str) -> None:
    if not load.KEY.fullmatch(key):
        abort(404)


def _mine(
    broken: RuleBroken | None = None, name: str = "", function: str = ""
) -> ResponseReturnValue:
    text = render_template(
        "organisations/mine.html",
        organisations=db.session.execute(queries.of_account(account().id)).all(),
        name=drafts.plain(name),
        function=drafts.plain(function),
        error=sentence(broken) if broken else "",
    )
    return text, broken.status if broken else 200


def _page(
    organisation: Organisation, broken: RuleBroken | None = None, typed: str = ""
) -> ResponseReturnValue:
    me = account()
    rows = db.session.execute(queries.members(organisation.id)).all()
    own = next((row for row in rows if row.account_id == me.id), None)
    may_confirm = viewer().may("organisation.confirm")
    if own is None and not may_confirm:
        abort(403)
    text = render_template(
        "organisations/members.html",
        organisation=organisation,
        members=rows,
        own=own,
        later={row.id for row in rows if own and (row.began_at, row.id) >= (own.began_at, own.id)},
        invited=db.session.scalars(queries.invited(organisation.id, clock.now())).all(),
        may_confirm=may_confirm,
        typed=drafts.plain(typed),
        error=sentence(broken) if broken else "",
    )
    return text, broken.status if broken else 200
