"""Who holds which role, and who invited them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import aliased

from ..models import Account, Role, RoleInvitation, account_role
from . import paging

Inviter = aliased(Account, name="inviter")


def holders(cursor: str | None = None) -> Select[*tuple[Any, ...]]:
    """Select a page of the roles held: role, person, and whoever invited them, by address."""
    accepted = and_(
        RoleInvitation.role == Role.name,
        RoleInvitation.email == Account.email,
        RoleInvitation.used_at.is_not(None),
    )
    query: Select[*tuple[Any, ...]] = (
        select(
            Account.id,
            Account.name,
            Account.email,
            Account.active,
            Account.second_step,
            Role.name.label("role"),
            Inviter.name.label("inviter_name"),
            Inviter.email.label("inviter_email"),
            RoleInvitation.used_at.label("since"),
        )
        .join(account_role, account_role.c.account_id == Account.id)
        .join(Role, Role.id == account_role.c.role_id)
        .outerjoin(RoleInvitation, accepted)
        .outerjoin(Inviter, Inviter.id == RoleInvitation.invited_by_id)
    )
    columns: tuple[ColumnElement[Any], ...] = (  # type: ignore[assignment]
        Account.email,
        Role.name,
    )
    return paging.after(query, columns, descending=False, cursor_text=cursor)


def invited(now: datetime) -> Select[*tuple[Any, ...]]:
    """Select the invitations to a role that can still be accepted, the oldest first."""
    return (
        select(
            RoleInvitation.id,
            RoleInvitation.email,
            RoleInvitation.role,
            RoleInvitation.created_at,
            RoleInvitation.expires_at,
            RoleInvitation.invited_by_id,
            Inviter.name.label("inviter_name"),
            Inviter.email.label("inviter_email"),
        )
        .outerjoin(Inviter, Inviter.id == RoleInvitation.invited_by_id)
        .where(RoleInvitation.used_at.is_(None), RoleInvitation.expires_at > now)
        .order_by(RoleInvitation.created_at, RoleInvitation.id)
    )
