"""Matters that go from room to room: where they stand, every event, who carries them, the words."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ID = sa.String(length=18)
INSTANT = sa.DateTime(timezone=True)
FACTS = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
)
STAGES = (
    "stage in ('draft', 'open', 'pending', 'review', 'returned', 'joined', 'decided',"
    " 'closed', 'withdrawn')"
)


def upgrade():
    make_matter()
    make_events()
    make_words()


def of(table, column="room_id", to="room", **options):
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), **options
    )


def make_matter():
    op.create_table(
        "matter",
        sa.Column("id", ID, nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("origin_room_id", ID, nullable=False),
        sa.Column("room_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("reminded", sa.Boolean(), nullable=False),
        sa.Column("appealed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("deadline_at", INSTANT, nullable=True),
        sa.Column("warned_version", sa.Integer(), nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("statement_id", ID, nullable=True),
        sa.Column("minutes", sa.String(length=300), nullable=False),
        sa.Column("joined_to_id", ID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.CheckConstraint(STAGES, name=op.f("ck_matter_stage")),
        sa.CheckConstraint(
            "outcome in ('adopted', 'adapted', 'rejected', 'pilot', 'lapsed')",
            name=op.f("ck_matter_outcome"),
        ),
        sa.CheckConstraint(
            "(outcome is not null) = (stage in ('decided', 'closed'))",
            name=op.f("ck_matter_answered"),
        ),
        sa.CheckConstraint(
            "stage <> 'joined' or joined_to_id is not null", name=op.f("ck_matter_joined")
        ),
        of("matter", "origin_room_id"),
        of("matter"),
        of("matter", "account_id", "account", ondelete="SET NULL"),
        of("matter", "statement_id", "statement", ondelete="SET NULL"),
        of("matter", "joined_to_id", "matter"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter")),
    )
    for column in (
        "origin_room_id", "room_id", "deadline_at", "account_id", "joined_to_id", "updated_at",
    ):  # fmt: skip
        op.create_index(op.f(f"ix_matter_{column}"), "matter", [column])
    op.create_index(
        "uq_matter_statement",
        "matter",
        ["statement_id"],
        unique=True,
        sqlite_where=sa.text("stage <> 'withdrawn'"),
        postgresql_where=sa.text("stage <> 'withdrawn'"),
    )
    op.create_table(
        "matter_stop",
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("room_id", ID, nullable=False),
        sa.Column("has_returned", sa.Boolean(), nullable=False),
        sa.Column("is_owed", sa.Boolean(), nullable=False),
        of("matter_stop", "matter_id", "matter", ondelete="CASCADE"),
        of("matter_stop"),
        sa.PrimaryKeyConstraint("matter_id", "place", name=op.f("pk_matter_stop")),
        sa.UniqueConstraint("matter_id", "room_id", name=op.f("uq_matter_stop_matter_id_room_id")),
    )
    op.create_index(op.f("ix_matter_stop_room_id"), "matter_stop", ["room_id"])


def make_events():
    op.create_table(
        "matter_event",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("room_id", ID, nullable=True),
        sa.Column("to_room_id", ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("vote", FACTS, nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("facts", FACTS, nullable=False),
        sa.Column("deadline_at", INSTANT, nullable=True),
        of("matter_event", "matter_id", "matter", ondelete="CASCADE"),
        of("matter_event", "account_id", "account", ondelete="SET NULL"),
        of("matter_event"),
        of("matter_event", "to_room_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_event")),
        sa.UniqueConstraint(
            "matter_id", "sequence", name=op.f("uq_matter_event_matter_id_sequence")
        ),
    )
    op.create_index(op.f("ix_matter_event_account_id"), "matter_event", ["account_id"])
    op.create_table(
        "matter_endorsement",
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("room_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("is_sibling", sa.Boolean(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("adopted_version", sa.Integer(), nullable=True),
        sa.Column("adopted_at", INSTANT, nullable=True),
        of("matter_endorsement", "matter_id", "matter", ondelete="CASCADE"),
        of("matter_endorsement"),
        sa.PrimaryKeyConstraint("matter_id", "room_id", name=op.f("pk_matter_endorsement")),
    )
    op.create_index(op.f("ix_matter_endorsement_room_id"), "matter_endorsement", ["room_id"])


def make_words():
    op.create_table(
        "matter_text",
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("room_id", ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        of("matter_text", "matter_id", "matter", ondelete="CASCADE"),
        of("matter_text"),
        sa.PrimaryKeyConstraint("matter_id", "version", name=op.f("pk_matter_text")),
    )
    op.create_table(
        "matter_message",
        sa.Column("id", ID, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("room_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        of("matter_message", "matter_id", "matter", ondelete="CASCADE"),
        of("matter_message"),
        of("matter_message", "account_id", "account", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_message")),
    )
    for column in ("matter_id", "account_id"):
        op.create_index(op.f(f"ix_matter_message_{column}"), "matter_message", [column])


def downgrade():
    for table in ("message", "text", "endorsement", "event", "stop"):
        op.drop_table(f"matter_{table}")
    op.drop_table("matter")
