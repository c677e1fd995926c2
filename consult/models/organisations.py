"""Organisations that take part under their own name, and who may speak for them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ..domain import lookalikes
from .base import Base, Id, new_id
from .invited import Invited


def _look(context: Any) -> str:
    return lookalikes.skeleton(context.get_current_parameters()["name"])


class Organisation(Base):
    """An association, a library, a local authority ... in whose name people sign."""

    __tablename__ = "organisation"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(String(200), unique=True)
    look: Mapped[str] = mapped_column(String(200), default=_look, server_default="", index=True)
    confirmed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Mandate(Base):
    """Who may sign for an organisation, as what, from when to when."""

    __tablename__ = "mandate"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("organisation.id", ondelete="CASCADE")
    )
    account_id: Mapped[str] = mapped_column(
        Id, ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    invited_by_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("account.id", ondelete="SET NULL")
    )
    function: Mapped[str] = mapped_column(String(120), default="")
    is_shown: Mapped[bool] = mapped_column(default=False)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "uq_mandate_in_force",
            "organisation_id",
            "account_id",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
    )


class OrganisationInvitation(Invited):
    """A letter that asks someone to act for an organisation too; only its hash is stored."""

    __tablename__ = "organisation_invitation"

    organisation_id: Mapped[str] = mapped_column(
        Id, ForeignKey("organisation.id", ondelete="CASCADE")
    )

    __table_args__ = (UniqueConstraint("organisation_id", "email"),)
