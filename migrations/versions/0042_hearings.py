"""A person heard has an organisation, and says whether their name and words are public."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column(
        "hearing",
        sa.Column("organisation", sa.String(length=200), server_default="", nullable=False),
    )
    op.add_column(
        "hearing",
        sa.Column("agrees", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def downgrade():
    with op.batch_alter_table("hearing") as table:
        table.drop_column("agrees")
        table.drop_column("organisation")
