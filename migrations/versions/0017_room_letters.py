"""Letters of a room to its people, which letters someone stopped, the facilitators' mornings."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ID = sa.String(length=18)
INSTANT = sa.DateTime(timezone=True)


def key(table, column, target, ondelete):
    return sa.ForeignKeyConstraint(
        [column],
        [f"{target}.id"],
        name=op.f(f"fk_{table}_{column}_{target}"),
        ondelete=ondelete,
    )


def upgrade():
    op.create_table(
        "room_letter",
        sa.Column("id", ID, nullable=False),
        sa.Column("room_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("addressed_to", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        key("room_letter", "room_id", "room", "CASCADE"),
        key("room_letter", "account_id", "account", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_letter")),
        sa.UniqueConstraint("room_id", "form", name=op.f("uq_room_letter_room_id_form")),
    )
    op.create_index(op.f("ix_room_letter_account_id"), "room_letter", ["account_id"])
    op.create_index(
        op.f("ix_room_letter_room_id_created_at_id"),
        "room_letter",
        ["room_id", "created_at", "id"],
    )
    op.create_table(
        "stopped_letters",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        key("stopped_letters", "account_id", "account", "CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "subject", name=op.f("pk_stopped_letters")),
    )
    op.create_table(
        "facilitator_morning",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("next_at", INSTANT, nullable=False),
        key("facilitator_morning", "account_id", "account", "CASCADE"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_facilitator_morning")),
    )
    op.create_index(op.f("ix_facilitator_morning_next_at"), "facilitator_morning", ["next_at"])
    op.create_table(
        "inviting_day",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        key("inviting_day", "account_id", "account", "CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "day", name=op.f("pk_inviting_day")),
    )


def downgrade():
    op.drop_table("inviting_day")
    op.drop_table("facilitator_morning")
    op.drop_table("stopped_letters")
    op.drop_table("room_letter")
