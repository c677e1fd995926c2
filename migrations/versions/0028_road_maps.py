"""A road map is a document of its own kind among those of a room."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

NAME = "ck_room_document_kind"
PAPER = sa.table("room_document", sa.column("kind"))


def allow(*kinds):
    said = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("room_document") as table:
        table.drop_constraint(op.f(NAME), type_="check")
        table.create_check_constraint(op.f(NAME), f"kind in ({said})")


def upgrade():
    allow("minutes", "decision", "resource", "road_map")


def downgrade():
    was = PAPER.c.kind == "road_map"
    op.execute(PAPER.update().where(was).values(kind="resource"))
    allow("minutes", "decision", "resource")
