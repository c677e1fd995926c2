"""People heard say whether their name is public; pictures; texts taken out of their group."""

import sqlalchemy as sa
from alembic import op

from consult.models.base import UTCDateTime

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

KEY = sa.String(length=18)


def upgrade():
    op.add_column(
        "hearing",
        sa.Column("organisation", sa.String(length=200), server_default="", nullable=False),
    )
    op.add_column(
        "hearing",
        sa.Column("agrees", sa.Boolean(), server_default=sa.false(), nullable=False),
    )

    op.create_table(
        "picture",
        sa.Column("id", KEY, nullable=False),
        sa.Column("synthesis_id", KEY, nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", UTCDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("width >= 1 and height >= 1", name=op.f("ck_picture_points")),
        sa.ForeignKeyConstraint(
            ["synthesis_id"],
            ["synthesis.id"],
            name=op.f("fk_picture_synthesis_id_synthesis"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture")),
    )
    op.create_index(op.f("ix_picture_synthesis_id"), "picture", ["synthesis_id"])

    op.create_table(
        "ungrouped_statement",
        sa.Column("statement_id", KEY, nullable=False),
        sa.Column("consultation_id", KEY, nullable=False),
        sa.Column("created_at", UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_ungrouped_statement_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f("fk_ungrouped_statement_statement_id_statement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("statement_id", name=op.f("pk_ungrouped_statement")),
    )
    op.create_index(
        op.f("ix_ungrouped_statement_consultation_id"), "ungrouped_statement", ["consultation_id"]
    )


def downgrade():
    op.drop_table("ungrouped_statement")
    op.drop_table("picture")
    with op.batch_alter_table("hearing") as table:
        table.drop_column("agrees")
        table.drop_column("organisation")
