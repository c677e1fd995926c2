"""Who acts for an organisation, for which ones an account acts, and who is invited."""

from datetime import datetime
from typing import Any

from sqlalchemy import Exists, Select, exists, select
from sqlalchemy.orm import aliased

from ..models import (
    Account,
    Mandate,
    Organisation,
    OrganisationInvitation,
    Project,
    ProjectCarrier,
)
from . import paging

Rows = Select[*tuple[Any, ...]]
Inviter = aliased(Account, name="inviter")


def members(organisation_id: str) -> Rows:
    """Select who acts for an organisation, the earliest first."""
    return (
        select(
            Mandate.id,
            Mandate.account_id,
            Mandate.function,
            Mandate.is_shown,
            Mandate.began_at,
            Account.name,
            Account.email,
            Inviter.name.label("inviter_name"),
            Inviter.email.label("inviter_email"),
        )
        .join(Account, Account.id == Mandate.account_id)
        .outerjoin(Inviter, Inviter.id == Mandate.invited_by_id)
        .where(Mandate.organisation_id == organisation_id, Mandate.ended_at.is_(None))
        .order_by(Mandate.began_at, Mandate.id)
        .limit(paging.MOST)
    )


def carries(organisation_id: str) -> Exists:
    """Tell whether an organisation leads a project that was sent once, withdrawn or not."""
    return (
        exists()
        .where(
            ProjectCarrier.organisation_id == organisation_id,
            ProjectCarrier.leads.is_(True),
            Project.id == ProjectCarrier.project_id,
            Project.submitted_at.is_not(None),
        )
        .correlate(None)
    )


def shown(organisation_id: str) -> Rows:
    """Select the members who agreed to stand on the page, with a name and what they do there."""
    return (
        select(Account.name, Mandate.function)
        .join(Account, Account.id == Mandate.account_id)
        .where(
            Mandate.organisation_id == organisation_id,
            Mandate.ended_at.is_(None),
            Mandate.is_shown.is_(True),
            Account.active.is_(True),
            Account.name != "",
        )
        .order_by(Mandate.began_at, Mandate.id)
        .limit(paging.MOST)
    )


def of_account(account_id: str) -> Rows:
    """Select the organisations an account acts for."""
    return (
        select(
            Organisation.id,
            Organisation.name,
            Organisation.slug,
            Organisation.confirmed_at,
            Mandate.function,
        )
        .join(Mandate, Mandate.organisation_id == Organisation.id)
        .where(Mandate.account_id == account_id, Mandate.ended_at.is_(None))
        .order_by(Organisation.name)
        .limit(paging.MOST)
    )


def invited(organisation_id: str, now: datetime) -> Select[OrganisationInvitation]:
    """Select the invitations that can still be accepted, the oldest first."""
    return (
        select(OrganisationInvitation)
        .where(
            OrganisationInvitation.organisation_id == organisation_id,
            OrganisationInvitation.used_at.is_(None),
            OrganisationInvitation.expires_at > now,
        )
        .order_by(OrganisationInvitation.created_at, OrganisationInvitation.id)
    )
