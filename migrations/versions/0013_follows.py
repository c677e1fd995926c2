"""Who follows what, messages to them; where a letter can be stopped; what was published lately."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ID = sa.String(length=18)
INSTANT = sa.DateTime(timezone=True)


def upgrade():
    op.create_table(
        "subscriber",
        sa.Column("id", ID, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("letters", sa.String(length=10), nullable=False, server_default="at_once"),
        sa.Column("locale", sa.String(length=5), nullable=False, server_default="fr"),
        sa.Column("time_zone", sa.String(length=40), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("told_until", INSTANT, nullable=False),
        sa.Column("next_digest_at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "letters in ('at_once', 'weekly', 'none')", name=op.f("ck_subscriber_letters")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriber")),
        sa.UniqueConstraint("email", name=op.f("uq_subscriber_email")),
    )
    op.create_index(op.f("ix_subscriber_next_digest_at"), "subscriber", ["next_digest_at"])
    op.create_table(
        "follow",
        sa.Column("id", ID, nullable=False),
        sa.Column("subscriber_id", ID, nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("asked_at", INSTANT, nullable=True),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["subscriber.id"],
            name=op.f("fk_follow_subscriber_id_subscriber"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow")),
        sa.UniqueConstraint(
            "subscriber_id", "subject", name=op.f("uq_follow_subscriber_id_subject")
        ),
        sa.UniqueConstraint("token_hash", name=op.f("uq_follow_token_hash")),
    )
    op.create_index(op.f("ix_follow_subject"), "follow", ["subject"])
    op.create_index(op.f("ix_follow_confirmed_at"), "follow", ["confirmed_at"])
    op.create_table(
        "announcement",
        sa.Column("id", ID, nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("reached", ID, nullable=False, server_default=""),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_announcement_account_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
        sa.UniqueConstraint("subject", "day", name=op.f("uq_announcement_subject_day")),
    )
    op.create_index(op.f("ix_announcement_done_at"), "announcement", ["done_at"])
    op.add_column("mail", sa.Column("stop_path", sa.String(length=120), nullable=True))
    op.create_index(op.f("ix_statement_published_at"), "statement", ["published_at"])


def downgrade():
    op.drop_index(op.f("ix_statement_published_at"), "statement")
    with op.batch_alter_table("mail") as table:
        table.drop_column("stop_path")
    op.drop_table("announcement")
    op.drop_table("follow")
    op.drop_table("subscriber")
