"""Where each territory lies, groupings made by administrators, whom to call."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

PATH = sa.String(length=90).with_variant(sa.String(length=90, collation="C"), "postgresql")
CODE = sa.String(length=20)
ONE = "(kind = 'grouping') = (substr(code, 1, 2) = 'G-')"


def upgrade():
    with op.batch_alter_table("territory") as table:
        table.add_column(sa.Column("path", PATH, nullable=False, server_default=""))
    fill(op.get_bind())
    with op.batch_alter_table("territory") as table:
        table.create_check_constraint(op.f("ck_territory_code"), ONE)
    op.create_index(op.f("ix_territory_path_code"), "territory", ["path", "code"])
    op.create_index(
        op.f("uq_territory_grouping"),
        "territory",
        ["search"],
        unique=True,
        sqlite_where=sa.text("kind = 'grouping'"),
        postgresql_where=sa.text("kind = 'grouping'"),
    )
    with op.batch_alter_table("territory_member") as table:
        table.create_check_constraint(
            op.f("ck_territory_member_member"),
            "substr(member_code, 1, 2) <> 'G-' and member_code <> group_code",
        )
    op.create_table(
        "territory_contact",
        sa.Column("territory_code", CODE, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("hours", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["territory_code"],
            ["territory.code"],
            name=op.f("fk_territory_contact_territory_code_territory"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("territory_code", name=op.f("pk_territory_contact")),
    )


def fill(connection):
    """Write where each territory lies, a level at a time: five statements, however many rows."""
    connection.execute(sa.text("UPDATE territory SET path = code || '/' WHERE parent_code IS NULL"))
    below = sa.text(
        "UPDATE territory SET path = (SELECT above.path FROM territory AS above"
        " WHERE above.code = territory.parent_code) || code || '/' WHERE path = ''"
        " AND parent_code IN (SELECT code FROM territory WHERE path <> '')"
    )
    while connection.execute(below).rowcount:
        pass


def downgrade():
    connection = op.get_bind()
    op.drop_table("territory_contact")
    for table in ("consultation", "statement"):
        connection.execute(
            sa.text(
                f"UPDATE {table} SET territory_code = NULL WHERE substr(territory_code, 1, 2) = 'G-'"
            )
        )
    connection.execute(
        sa.text("DELETE FROM territory_member WHERE substr(group_code, 1, 2) = 'G-'")
    )
    with op.batch_alter_table("territory_member") as table:
        table.drop_constraint(op.f("ck_territory_member_member"), type_="check")
    connection.execute(sa.text("DELETE FROM territory WHERE kind = 'grouping'"))
    op.drop_index(op.f("uq_territory_grouping"), table_name="territory")
    op.drop_index(op.f("ix_territory_path_code"), table_name="territory")
    with op.batch_alter_table("territory") as table:
        table.drop_constraint(op.f("ck_territory_code"), type_="check")
        table.drop_column("path")
