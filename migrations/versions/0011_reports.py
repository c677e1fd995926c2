"""What anyone reports about a public text and is answered; second readings of decisions."""

import sqlalchemy as sa
from alembic import op

from consult.models.base import UTCDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

INSTANT = UTCDateTime(timezone=True)
KEY = sa.String(length=18)


def foreign(table, column, target, ondelete):
    return sa.ForeignKeyConstraint(
        [column],
        [f"{target}.id"],
        name=op.f(f"fk_{table}_{column}_{target}"),
        ondelete=ondelete,
    )


def where(condition):
    text = sa.text(condition)
    return {"sqlite_where": text, "postgresql_where": text}


def upgrade():
    reports()
    second_readings()


def reports():
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
        sa.Column("decision_id", KEY, nullable=True),
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
        foreign("report", "statement_id", "statement", "CASCADE"),
        foreign("report", "consultation_id", "consultation", "CASCADE"),
        foreign("report", "participant_id", "participant", "SET NULL"),
        foreign("report", "decision_id", "decision", "SET NULL"),
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
    op.create_index(op.f("ix_report_decision_id"), "report", ["decision_id"])
    op.create_index("ix_report_open", "report", ["statement_id"], **where("answered_at is null"))


def second_readings():
    op.create_table(
        "second_reading",
        sa.Column("decision_id", KEY, nullable=False),
        sa.Column("statement_id", KEY, nullable=False),
        sa.Column("room_id", KEY, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "outcome in ('confirmed', 'overturned', 'ended')",
            name=op.f("ck_second_reading_outcome"),
        ),
        sa.CheckConstraint(
            "(outcome is null) = (decided_at is null)", name=op.f("ck_second_reading_decided")
        ),
        foreign("second_reading", "decision_id", "decision", "CASCADE"),
        foreign("second_reading", "statement_id", "statement", "CASCADE"),
        foreign("second_reading", "room_id", "room", "SET NULL"),
        foreign("second_reading", "account_id", "account", "SET NULL"),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_second_reading")),
    )
    for column in ("statement_id", "room_id", "account_id"):
        op.create_index(op.f(f"ix_second_reading_{column}"), "second_reading", [column])
    op.create_index(
        "ix_second_reading_open",
        "second_reading",
        ["due_at", "decision_id"],
        **where("decided_at is null"),
    )


def downgrade():
    op.drop_table("second_reading")
    op.drop_table("report")
