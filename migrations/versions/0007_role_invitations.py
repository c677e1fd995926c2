"""Invitations to a role of the whole site, and who sent them."""

import sqlalchemy as sa
from alembic import op

from consult.models.base import UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INSTANT = UTCDateTime(timezone=True)
KEY = sa.String(length=18)


def upgrade():
    op.create_table(
        "role_invitation",
        sa.Column("id", KEY, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("invited_by_id", KEY, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["invited_by_id"],
            ["account.id"],
            name=op.f("fk_role_invitation_invited_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_role_invitation_token_hash")),
        sa.UniqueConstraint("email", "role", name=op.f("uq_role_invitation_email_role")),
    )
    op.create_index(op.f("ix_role_invitation_invited_by_id"), "role_invitation", ["invited_by_id"])


def downgrade():
    op.drop_index(op.f("ix_role_invitation_invited_by_id"), table_name="role_invitation")
    op.drop_table("role_invitation")
