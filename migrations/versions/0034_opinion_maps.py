"""The groups that the opinions of a consultation make."""

import sqlalchemy as sa
from alembic import op

from consult.models.base import UTCDateTime

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "opinion_map",
        sa.Column("consultation_id", sa.String(length=18), nullable=False),
        sa.Column("opinions", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("found_at", UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_opinion_map_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_opinion_map")),
    )


def downgrade():
    op.drop_table("opinion_map")
