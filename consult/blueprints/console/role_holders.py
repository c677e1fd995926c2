"""Who holds a role on the whole site: inviting by letter, taking a role away."""

from typing import Any

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from ... import clock, htmx
from ...access import account, requires
from ...domain import chains as trees
from ...domain import roles
from ...domain.errors import RuleBroken
from ...extensions import db, limiter
from ...i18n import gettext, sentence
from ...queries import chains, paging
from ...queries import role_holders as queries
from ...services import drafts, role_holders
from ..accounts import confirming, invitations, letters
from ..consultations import load
from .blueprint import bp

PAGE = "console.holders_of_roles"


@bp.get("/people")
@requires("platform.manage")
def holders_of_roles() -> ResponseReturnValue:
    """List who holds which role, and whom they were invited by."""
    return _page()


@bp.post("/people")
@requires("platform.manage")
@limiter.limit("60 per hour")
def invite_to_role() -> ResponseReturnValue:
    """Invite someone to a role; the answer is the same whatever the address."""
    inviter, email = account(), request.form.get("email", "")
    try:
        confirming.shown()
        invited = role_holders.invite(
            db.session(),
            email=email,
            role=request.form.get("role", ""),
            inviter=inviter,
            now=clock.now(),
        )
    except RuleBroken as broken:
        db.session.rollback()
        return _page(broken, email)
    if invited is not None:
        role = gettext(invitations.ROLES[request.form["role"]])
        letters.invite("role_invitation", *invited, inviter, role=role)
    db.session.commit()
    flash(gettext("The invitation leaves for %(address)s.", address=email.strip()), "success")
    return htmx.see_other(PAGE)


@bp.post("/people/invitations/<invitation_id>/delete")
@requires("platform.manage")
def delete_role_invitation(invitation_id: str) -> ResponseReturnValue:
    """Take an invitation back."""
    if not load.KEY.fullmatch(invitation_id):
        abort(404)
    role_holders.uninvite(db.session(), invitation_id, by=account(), now=clock.now())
    db.session.commit()
    flash(gettext("The invitation no longer works."), "success")
    return htmx.see_other(PAGE)


@bp.post("/people/<account_id>/<role>/delete")
@requires("platform.manage")
@limiter.limit("60 per hour")
def revoke_role(account_id: str, role: str) -> ResponseReturnValue:
    """Take a role away, one's own too, as long as an administrator is left."""
    me = account()
    if not load.KEY.fullmatch(account_id):
        abort(404)
    try:
        confirming.shown()
        role_holders.revoke(db.session(), account_id, role, by=me, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        if broken.status == 404:
            raise
        return _page(broken)
    db.session.commit()
    flash(gettext("This person no longer has this role."), "success")
    if account_id == me.id and role == roles.ADMINISTRATOR:
        return htmx.see_other("accounts.space")
    return htmx.see_other(PAGE)


@bp.get("/people/invited")
@requires("platform.manage")
def who_invited_whom() -> ResponseReturnValue:
    """Show who invited whom, as a tree: to a role, a consultation, an organisation, a room."""
    query = chains.accepted(request.args.get("cursor"))
    rows, after = paging.cut(
        db.session.execute(query).all(), lambda row: (row.used_at, row.id), chains.MOST
    )
    return render_template(
        "console/chains.html",
        people=trees.trees(rows),
        names=invitations.ROLES,
        next_url=f"/console/people/invited?cursor={after}" if after else None,
    )


def _page(broken: RuleBroken | None = None, typed: str = "") -> ResponseReturnValue:
    me, now = account(), clock.now()
    rows, after = paging.cut(
        db.session.execute(queries.holders(request.args.get("cursor"))).all(), _keys
    )
    text = render_template(
        "console/role_holders.html",
        people=rows,
        invited=db.session.execute(queries.invited(now)).all(),
        names=invitations.ROLES,
        strong=roles.STRONG,
        protecting=roles.PROTECTING,
        me=me,
        fresh=confirming.is_fresh(),
        next_url=f"/console/people?cursor={after}" if after else None,
        typed=drafts.plain(typed),
        error=sentence(broken) if broken else "",
        unproven=broken is not None and broken.code == "confirm-who",
        chosen=request.form.get("role", ""),
    )
    return text, broken.status if broken else 200


def _keys(row: Any) -> tuple[str, str]:
    return row.email, row.role
