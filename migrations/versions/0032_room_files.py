"""Files join the documents of a room, and the note that the holder of a seat leaves."""

import sqlalchemy as sa
from alembic import op

from consult.models.base import UTCDateTime

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

ID = sa.String(length=18)
NAME = sa.String(length=200)
TABLE = "room_file"
HOLDERS = (
    ("document_id", "room_document", "CASCADE"),
    ("seat_id", "seat", "CASCADE"),
    ("account_id", "account", "SET NULL"),
)


def upgrade():
    op.create_table(
        TABLE,
        sa.Column("id", ID, nullable=False),
        sa.Column("title", NAME, nullable=False),
        sa.Column("file_name", NAME, nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", UTCDateTime(timezone=True), nullable=False),
        *(sa.Column(column, ID, nullable=True) for column, _target, _how in HOLDERS),
        sa.CheckConstraint(
            "(document_id is null) <> (seat_id is null)", name=op.f("ck_room_file_held_once")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{target}.id"],
                name=op.f(f"fk_{TABLE}_{column}_{target}"),
                ondelete=how,
            )
            for column, target, how in HOLDERS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_file")),
    )
    for column, _target, _how in HOLDERS:
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])


def downgrade():
    op.drop_table(TABLE)
