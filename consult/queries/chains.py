"""Who invited whom: to a role of the site, a consultation, an organisation, a room."""

from typing import Any

from sqlalchemy import Select, literal, select, union_all
from sqlalchemy.orm import aliased

from ..models import (
    Account,
    Consultation,
    Invitation,
    Organisation,
    OrganisationInvitation,
    RoleInvitation,
    Room,
    RoomInvitation,
)
from . import paging

MOST = 300
Inviter = aliased(Account, name="inviter")


def accepted(cursor: str | None = None) -> Select[*tuple[Any, ...]]:
    """Select a page of the invitations that were accepted, the latest first."""
    roles = _of("role", RoleInvitation, RoleInvitation.role)
    organisers = _of("organiser", Invitation, Consultation.title).join(
        Consultation, Consultation.id == Invitation.consultation_id
    )
    members = _of("organisation", OrganisationInvitation, Organisation.name).join(
        Organisation, Organisation.id == OrganisationInvitation.organisation_id
    )
    rooms = _of("room", RoomInvitation, Room.name).join(Room, Room.id == RoomInvitation.room_id)
    found = union_all(roles, organisers, members, rooms).subquery()
    query: Select[*tuple[Any, ...]] = select(
        *found.c,
        Inviter.name.label("inviter_name"),
        Inviter.email.label("inviter_email"),
    ).outerjoin(Inviter, Inviter.id == found.c.invited_by_id)
    columns = (found.c.used_at, found.c.id)
    return paging.after(query, columns, descending=True, cursor_text=cursor, limit=MOST)


def _of(kind: str, model: Any, to: Any) -> Select[*tuple[Any, ...]]:
    return select(
        literal(kind).label("kind"),
        model.id.label("id"),
        to.label("to"),
        model.email.label("email"),
        model.invited_by_id.label("invited_by_id"),
        model.used_at.label("used_at"),
    ).where(model.used_at.is_not(None))
