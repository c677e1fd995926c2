"""Votes of a room: the paper, the electors, who voted, the ballots apart, the count."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from consult.models.base import UTCDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

INSTANT = UTCDateTime(timezone=True)
KEY = sa.String(length=18)
FACTS = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
TABLES = ("poll_count", "poll_urn", "poll_ballot", "poll_turnout", "poll_elector", "poll")
WAITING = "counted_at is null and cancelled_at is null"


def foreign(table, column, target, ondelete=None):
    return sa.ForeignKeyConstraint(
        [column],
        [f"{target}.id"],
        name=op.f(f"fk_{table}_{column}_{target}"),
        ondelete=ondelete,
    )


def of_poll(table):
    return foreign(table, "poll_id", "poll", "CASCADE")


def of_elector(table):
    return foreign(table, "elector_id", "poll_elector", "CASCADE")


def upgrade():
    op.create_table(
        "poll",
        sa.Column("id", KEY, nullable=False),
        sa.Column("room_id", KEY, nullable=False),
        sa.Column("question", sa.String(length=300), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("paper", FACTS, nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("quorum", sa.String(length=20), nullable=False),
        sa.Column("is_secret", sa.Boolean(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("purpose_facts", FACTS, nullable=False),
        sa.Column("time_zone", sa.String(length=40), nullable=False),
        sa.Column("opens_at", INSTANT, nullable=False),
        sa.Column("closes_at", INSTANT, nullable=False),
        sa.Column("opened_at", INSTANT, nullable=True),
        sa.Column("electors", sa.Integer(), nullable=False),
        sa.Column("ended_reason", sa.Text(), nullable=False),
        sa.Column("cancelled_at", INSTANT, nullable=True),
        sa.Column("counted_at", INSTANT, nullable=True),
        sa.Column("told_at", INSTANT, nullable=True),
        sa.Column("remind_at", INSTANT, nullable=True),
        sa.Column("reminded_at", INSTANT, nullable=True),
        sa.Column("created_by_id", KEY, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        foreign("poll", "room_id", "room"),
        foreign("poll", "created_by_id", "account", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
        sa.CheckConstraint("closes_at >= opens_at", name=op.f("ck_poll_dates")),
        sa.CheckConstraint(
            "counted_at is null or cancelled_at is null", name=op.f("ck_poll_one_end")
        ),
    )
    op.create_index(op.f("ix_poll_room_id_closes_at"), "poll", ["room_id", "closes_at"])
    op.create_index(
        "ix_poll_waiting",
        "poll",
        ["closes_at"],
        sqlite_where=sa.text(WAITING),
        postgresql_where=sa.text(WAITING),
    )
    op.create_table(
        "poll_elector",
        sa.Column("id", KEY, nullable=False),
        sa.Column("poll_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        of_poll("poll_elector"),
        foreign("poll_elector", "account_id", "account", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_elector")),
        sa.UniqueConstraint(
            "poll_id", "account_id", name=op.f("uq_poll_elector_poll_id_account_id")
        ),
    )
    op.create_index(op.f("ix_poll_elector_account_id"), "poll_elector", ["account_id"])
    ballots()


def ballots():
    op.create_table(
        "poll_turnout",
        sa.Column("elector_id", KEY, nullable=False),
        sa.Column("poll_id", KEY, nullable=False),
        of_elector("poll_turnout"),
        of_poll("poll_turnout"),
        sa.PrimaryKeyConstraint("elector_id", name=op.f("pk_poll_turnout")),
    )
    op.create_index(op.f("ix_poll_turnout_poll_id"), "poll_turnout", ["poll_id"])
    op.create_table(
        "poll_ballot",
        sa.Column("elector_id", KEY, nullable=False),
        sa.Column("poll_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("receipt", sa.String(length=64), nullable=False),
        sa.Column("said", FACTS, nullable=False),
        of_elector("poll_ballot"),
        of_poll("poll_ballot"),
        sa.PrimaryKeyConstraint("elector_id", name=op.f("pk_poll_ballot")),
        sa.UniqueConstraint("poll_id", "receipt", name=op.f("uq_poll_ballot_poll_id_receipt")),
    )
    op.create_table(
        "poll_urn",
        sa.Column("poll_id", KEY, nullable=False),
        sa.Column("ballots", FACTS, nullable=False),
        of_poll("poll_urn"),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_poll_urn")),
    )
    op.create_table(
        "poll_count",
        sa.Column("poll_id", KEY, nullable=False),
        sa.Column("summary", FACTS, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        of_poll("poll_count"),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_poll_count")),
    )


def downgrade():
    for table in TABLES:
        op.drop_table(table)
