"""Decisions about texts, who reads which one, what was passed on; the queue in order of due time."""

import sqlalchemy as sa
from alembic import op

from consult.models.base import UTCDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INSTANT = UTCDateTime(timezone=True)
KEY = sa.String(length=18)
QUEUED = ("pending", "to_correct", "hidden")


def foreign(table, column, target, ondelete):
    return sa.ForeignKeyConstraint(
        [column],
        [f"{target}.id"],
        name=op.f(f"fk_{table}_{column}_{target}"),
        ondelete=ondelete,
    )


def where(state):
    text = sa.text(f"state = '{state}'")
    return {"sqlite_where": text, "postgresql_where": text}


def upgrade():
    op.create_table(
        "decision",
        sa.Column("id", KEY, nullable=False),
        sa.Column("batch_id", KEY, nullable=False),
        sa.Column("statement_id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("from_state", sa.String(length=12), nullable=False),
        sa.Column("from_reason", sa.Text(), nullable=False),
        sa.Column("from_published_at", INSTANT, nullable=True),
        sa.Column("to_state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("room_id", KEY, nullable=True),
        sa.Column("decided_at", INSTANT, nullable=False),
        sa.Column("undone_at", INSTANT, nullable=True),
        foreign("decision", "statement_id", "statement", "CASCADE"),
        foreign("decision", "account_id", "account", "SET NULL"),
        foreign("decision", "room_id", "room", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint(
            "batch_id", "statement_id", name=op.f("uq_decision_batch_id_statement_id")
        ),
        sa.CheckConstraint(
            "to_state in ('published', 'to_correct', 'hidden')", name=op.f("ck_decision_to_state")
        ),
        sa.CheckConstraint(
            "to_state = 'published' or reason <> ''", name=op.f("ck_decision_has_reason")
        ),
    )
    for columns in (
        ["statement_id", "decided_at"],
        ["account_id", "decided_at"],
        ["room_id"],
        ["decided_at"],
    ):
        op.create_index(op.f(f"ix_decision_{'_'.join(columns)}"), "decision", columns)
    op.create_table(
        "reading",
        sa.Column("statement_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("until_at", INSTANT, nullable=False),
        foreign("reading", "statement_id", "statement", "CASCADE"),
        foreign("reading", "account_id", "account", "CASCADE"),
        sa.PrimaryKeyConstraint("statement_id", name=op.f("pk_reading")),
        sa.UniqueConstraint("account_id", name=op.f("uq_reading_account_id")),
    )
    op.create_table(
        "passed_on",
        sa.Column("statement_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("passed_at", INSTANT, nullable=False),
        foreign("passed_on", "statement_id", "statement", "CASCADE"),
        foreign("passed_on", "account_id", "account", "CASCADE"),
        sa.PrimaryKeyConstraint("statement_id", "account_id", name=op.f("pk_passed_on")),
    )
    op.create_index(op.f("ix_passed_on_account_id"), "passed_on", ["account_id"])
    op.drop_index("ix_statement_pending", table_name="statement")
    op.create_index(
        "ix_statement_pending",
        "statement",
        ["consultation_id", "updated_at", "id"],
        **where("pending"),
    )
    for state in QUEUED:
        op.create_index(
            f"ix_statement_queue_{state}", "statement", ["updated_at", "id"], **where(state)
        )


def downgrade():
    for state in QUEUED:
        op.drop_index(f"ix_statement_queue_{state}", table_name="statement")
    op.drop_index("ix_statement_pending", table_name="statement")
    op.create_index(
        "ix_statement_pending", "statement", ["consultation_id", "created_at"], **where("pending")
    )
    op.drop_table("passed_on")
    op.drop_table("reading")
    op.drop_table("decision")
