"""The charter of a room is a document of its own kind; a document may be a file alone."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

KIND, WORDS = "ck_room_document_kind", "ck_room_document_says_something"
PAPER = sa.table(
    "room_document", sa.column("kind"), sa.column("body"), sa.column("link"), sa.column("title")
)


def allow(table, *kinds):
    said = ", ".join(f"'{kind}'" for kind in kinds)
    table.drop_constraint(op.f(KIND), type_="check")
    table.create_check_constraint(op.f(KIND), f"kind in ({said})")


def upgrade():
    with op.batch_alter_table("room_document") as table:
        allow(table, "minutes", "decision", "resource", "road_map", "charter")
        table.drop_constraint(op.f(WORDS), type_="check")


def downgrade():
    was = PAPER.c.kind == "charter"
    op.execute(PAPER.update().where(was).values(kind="resource"))
    silent = sa.and_(PAPER.c.body == "", PAPER.c.link == "")
    op.execute(PAPER.update().where(silent).values(body=PAPER.c.title))
    with op.batch_alter_table("room_document") as table:
        allow(table, "minutes", "decision", "resource", "road_map")
        table.create_check_constraint(op.f(WORDS), "body <> '' or link <> ''")
