"""Votes that bring something about: what each is about, what came of it, whom it may elect."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from consult.models.base import UTCDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

INSTANT = UTCDateTime(timezone=True)
KEY = sa.String(length=18)
FACTS = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
RUNNING = "subject <> '' and counted_at is null and cancelled_at is null"


def unique_where(name, table, columns, condition):
    where = sa.text(condition)
    op.create_index(name, table, columns, unique=True, sqlite_where=where, postgresql_where=where)


def upgrade():
    with op.batch_alter_table("poll") as batch:
        batch.add_column(
            sa.Column("subject", sa.String(length=40), nullable=False, server_default="")
        )
        batch.add_column(sa.Column("effect", FACTS, nullable=True))
        batch.add_column(sa.Column("announced_at", INSTANT, nullable=True))
    # The results of before are known: nobody is written to about them.
    op.execute("update poll set announced_at = counted_at where counted_at is not null")
    op.create_index(op.f("ix_poll_subject"), "poll", ["subject"])
    unique_where("uq_poll_running", "poll", ["room_id", "purpose", "subject"], RUNNING)
    op.create_table(
        "poll_candidate",
        sa.Column("poll_id", KEY, nullable=False),
        sa.Column("mark", sa.String(length=1), nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("is_elected", sa.Boolean(), nullable=False),
        sa.Column("accepts", sa.Boolean(), nullable=True),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["poll_id"],
            ["poll.id"],
            name=op.f("fk_poll_candidate_poll_id_poll"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_poll_candidate_account_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("poll_id", "mark", name=op.f("pk_poll_candidate")),
        sa.UniqueConstraint(
            "poll_id", "account_id", name=op.f("uq_poll_candidate_poll_id_account_id")
        ),
        sa.CheckConstraint(
            "accepts is null or is_elected", name=op.f("ck_poll_candidate_elected_answers")
        ),
    )
    op.create_index(op.f("ix_poll_candidate_account_id"), "poll_candidate", ["account_id"])
    unique_where("uq_poll_candidate_elected", "poll_candidate", ["poll_id"], "is_elected")


def downgrade():
    op.drop_table("poll_candidate")
    op.drop_index("uq_poll_running", table_name="poll")
    op.drop_index(op.f("ix_poll_subject"), table_name="poll")
    with op.batch_alter_table("poll") as batch:
        batch.drop_column("announced_at")
        batch.drop_column("effect")
        batch.drop_column("subject")
