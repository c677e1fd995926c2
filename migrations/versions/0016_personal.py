"""Accounts that were erased; when an account was last used, and its owner warned."""

import sqlalchemy as sa
from alembic import op

from consult.models.base import UTCDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "erasure",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("texts", sa.String(length=10), nullable=False),
        sa.Column("erased_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("texts in ('withdrawn', 'kept')", name=op.f("ck_erasure_texts")),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_erasure")),
    )
    for name in ("seen_at", "warned_at"):
        op.add_column("account", sa.Column(name, UTCDateTime(), nullable=True))
    op.create_index(op.f("ix_account_seen_at"), "account", ["seen_at"])
    op.execute(
        "update account set seen_at = (select max(last_seen_at) from account_session "
        "where account_session.account_id = account.id)"
    )


def downgrade():
    op.drop_index(op.f("ix_account_seen_at"), table_name="account")
    for name in ("warned_at", "seen_at"):
        op.drop_column("account", name)
    op.drop_table("erasure")
