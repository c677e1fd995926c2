"""The document of a room that a matter began with, to lead from one to the other."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

ID = sa.String(length=18)
NAME = "fk_matter_document_id_room_document"


def upgrade():
    with op.batch_alter_table("matter") as table:
        table.add_column(sa.Column("document_id", ID, nullable=True))
        table.create_foreign_key(
            op.f(NAME), "room_document", ["document_id"], ["id"], ondelete="SET NULL"
        )
    op.create_index(op.f("ix_matter_document_id"), "matter", ["document_id"])


def downgrade():
    op.drop_index(op.f("ix_matter_document_id"), "matter")
    with op.batch_alter_table("matter") as table:
        table.drop_constraint(op.f(NAME), type_="foreignkey")
        table.drop_column("document_id")
