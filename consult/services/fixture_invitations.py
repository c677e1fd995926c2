"""The invitations of the known objects: one can be accepted, one came too late, one has served."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import roles
from ..models import Account, RoleInvitation
from . import role_holders


def send(session: Session, inviter: Account, *, now: datetime) -> Mapping[str, tuple[str, str]]:
    """Offer a role three times; return the id and the secret of each letter, by name."""
    made = {}
    for name, sent, used in (
        ("pending", now, None),
        ("expired", now - timedelta(days=30), None),
        ("used", now, now),
    ):
        email = f"{name}@fixture.invalid"
        invited = role_holders.invite(
            session, email=email, role=roles.MEDIATOR, inviter=inviter, now=sent
        )
        _address, token = cast(tuple[str, str], invited)
        found = session.scalars(select(RoleInvitation).where(RoleInvitation.email == email)).one()
        found.used_at = used
        made[name] = (found.id, token)
    return made
