"""Letters to the people on a list; printed access codes; what one says of oneself."""

import sqlalchemy as sa
from alembic import op

from consult.models.base import UTCDateTime

revision = "0015"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.String(length=18)


PROFILE = (("organisation", 200), ("function", 120), ("speaks_from", 300))


def said(name, length):
    return sa.Column(name, sa.String(length=length), nullable=False, server_default="")


def upgrade():
    for name, length in PROFILE:
        op.add_column("account", said(name, length))
    op.add_column("statement", said("speaks_from", 300))
    op.add_column(
        "listed_person", sa.Column("letters", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("listed_person", sa.Column("written_at", UTCDateTime(), nullable=True))
    op.create_table(
        "access_code",
        sa.Column("id", ID, nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("consultation_id", ID, nullable=False),
        sa.Column("batch", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("participant_id", ID, nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.Column("revoked_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_access_code_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_access_code_participant_id_participant"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_access_code_code_hash")),
        sa.UniqueConstraint(
            "consultation_id", "number", name=op.f("uq_access_code_consultation_id_number")
        ),
        sa.UniqueConstraint("participant_id", name=op.f("uq_access_code_participant_id")),
    )


def downgrade():
    op.drop_table("access_code")
    with op.batch_alter_table("listed_person") as table:
        table.drop_column("written_at")
        table.drop_column("letters")
    op.drop_column("statement", "speaks_from")
    for name, _length in PROFILE:
        op.drop_column("account", name)
