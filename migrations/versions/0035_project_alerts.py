"""Anyone reports a project, as they report a text."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

ID = sa.String(length=18)
OF_TEXTS = ("statement_id", "consultation_id")
KEY = "uq_report_project_id_version_participant_id"
FOREIGN = "fk_report_project_id_project"


def upgrade():
    with op.batch_alter_table("report") as table:
        for column in OF_TEXTS:
            table.alter_column(column, existing_type=ID, nullable=True)
        table.add_column(sa.Column("project_id", ID, nullable=True))
        table.create_foreign_key(
            op.f(FOREIGN), "project", ["project_id"], ["id"], ondelete="CASCADE"
        )
        table.create_unique_constraint(op.f(KEY), ["project_id", "version", "participant_id"])
        table.create_check_constraint(
            op.f("ck_report_about_one"),
            "(statement_id is null) <> (project_id is null)"
            " and (statement_id is null) = (consultation_id is null)",
        )


def downgrade():
    op.execute("delete from report where project_id is not null")
    with op.batch_alter_table("report") as table:
        table.drop_constraint(op.f("ck_report_about_one"), type_="check")
        table.drop_constraint(op.f(KEY), type_="unique")
        table.drop_constraint(op.f(FOREIGN), type_="foreignkey")
        table.drop_column("project_id")
        for column in OF_TEXTS:
            table.alter_column(column, existing_type=ID, nullable=False)
