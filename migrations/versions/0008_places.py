"""Communes, what groups them, their postcodes and the names they are looked for by."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

CODE = sa.String(length=20)


def upgrade():
    op.add_column(
        "territory", sa.Column("search", sa.String(length=160), nullable=False, server_default="")
    )
    op.add_column(
        "territory", sa.Column("population", sa.Integer(), nullable=False, server_default="0")
    )
    op.create_table(
        "territory_member",
        sa.Column("group_code", CODE, nullable=False),
        sa.Column("member_code", CODE, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_code"],
            ["territory.code"],
            name=op.f("fk_territory_member_group_code_territory"),
        ),
        sa.ForeignKeyConstraint(
            ["member_code"],
            ["territory.code"],
            name=op.f("fk_territory_member_member_code_territory"),
        ),
        sa.PrimaryKeyConstraint("group_code", "member_code", name=op.f("pk_territory_member")),
    )
    op.create_index(op.f("ix_territory_member_member_code"), "territory_member", ["member_code"])
    op.create_table(
        "postcode",
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("territory_code", CODE, nullable=False),
        sa.ForeignKeyConstraint(
            ["territory_code"],
            ["territory.code"],
            name=op.f("fk_postcode_territory_code_territory"),
        ),
        sa.PrimaryKeyConstraint("code", "territory_code", name=op.f("pk_postcode")),
    )
    op.create_index(op.f("ix_postcode_territory_code"), "postcode", ["territory_code"])


def downgrade():
    op.drop_table("postcode")
    op.drop_table("territory_member")
    with op.batch_alter_table("territory") as table:
        table.drop_column("population")
        table.drop_column("search")
