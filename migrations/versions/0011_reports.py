"""What anyone reports about a public text, and what they are answered."""

import sqlalchemy as sa
from alembic import op

from consult.models.base import UTCDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

INSTANT = UTCDateTime(timezone=True)
KEY = sa.String(length=18)
OPEN = sa.text("answered_at is null")


def upgrade():
    op.create_table(
        "report",
        sa.Column("id", KEY, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("statement_id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("consultation_id", KEY, nullable=False),
        sa.Column("participant_id", KEY, nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("good_faith", sa.Boolean(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("outcome_reason", sa.String(length=20), nullable=False),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "reason in ('private', 'attack', 'unlawful', 'advertising', 'off_topic', 'duplicate',"
            " 'illegal', 'child_abuse')",
            name=op.f("ck_report_reason"),
        ),
        sa.CheckConstraint(
            "outcome in ('kept', 'hidden', 'to_correct', 'withdrawn')",
            name=op.f("ck_report_outcome"),
        ),
        sa.CheckConstraint(
            "(outcome is null) = (answered_at is null)", name=op.f("ck_report_answered")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f("fk_report_statement_id_statement"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_report_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_report_participant_id_participant"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("number", name=op.f("uq_report_number")),
        sa.UniqueConstraint(
            "statement_id",
            "version",
            "participant_id",
            name=op.f("uq_report_statement_id_version_participant_id"),
        ),
    )
    op.create_index(op.f("ix_report_participant_id"), "report", ["participant_id"])
    op.create_index(op.f("ix_report_email_created_at"), "report", ["email", "created_at"])
    op.create_index(
        op.f("ix_report_consultation_id_created_at"), "report", ["consultation_id", "created_at"]
    )
    op.create_index(
        "ix_report_open",
        "report",
        ["statement_id"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade():
    op.drop_table("report")
