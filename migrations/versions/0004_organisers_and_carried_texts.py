"""Several organisers for one consultation; texts carried over, found from their origin."""

import sqlalchemy as sa
from alembic import op

from consult.models.base import UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = UTCDateTime(timezone=True)
KEY = sa.String(length=18)


def upgrade():
    op.create_table(
        "co_organiser",
        sa.Column("consultation_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_co_organiser_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_co_organiser_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("consultation_id", "account_id", name=op.f("pk_co_organiser")),
    )
    op.create_index(op.f("ix_co_organiser_account_id"), "co_organiser", ["account_id"])
    op.create_table(
        "invitation",
        sa.Column("id", KEY, nullable=False),
        sa.Column("consultation_id", KEY, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_invitation_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
        sa.UniqueConstraint(
            "consultation_id", "email", name=op.f("uq_invitation_consultation_id_email")
        ),
    )
    op.create_index(op.f("ix_statement_carried_from_id"), "statement", ["carried_from_id"])


def downgrade():
    op.drop_index(op.f("ix_statement_carried_from_id"), table_name="statement")
    op.drop_table("invitation")
    op.drop_index(op.f("ix_co_organiser_account_id"), table_name="co_organiser")
    op.drop_table("co_organiser")
