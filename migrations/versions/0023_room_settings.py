"""What a room sets for itself; the rooms below inherit it."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

ID = sa.String(length=18)


def upgrade():
    op.create_table(
        "room_setting",
        sa.Column("room_id", ID, nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["room_id"],
            ["room.id"],
            name=op.f("fk_room_setting_room_id_room"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("room_id", "key", name=op.f("pk_room_setting")),
    )


def downgrade():
    op.drop_table("room_setting")
