"""Letters to the people on a list; printed access codes; what one says of oneself."""

import sqlalchemy as sa
from alembic import op

from consult.domain import lookalikes
from consult.models.base import UTCDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.String(length=18)


PROFILE = (("organisation", 200), ("function", 120), ("speaks_from", 300))


def said(name, length):
    return sa.Column(name, sa.String(length=length), nullable=False, server_default="")


def upgrade():
    for name, length in PROFILE:
        op.add_column("account", said(name, length))
    op.add_column("statement", said("speaks_from", 300))
    op.add_column(
        "listed_person", sa.Column("letters", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("listed_person", sa.Column("written_at", UTCDateTime(), nullable=True))
    actors()
    with op.batch_alter_table("invitation") as table:
        table.add_column(sa.Column("invited_by_id", ID, nullable=True))
        table.create_index(op.f("ix_invitation_invited_by_id"), ["invited_by_id"])
        table.create_foreign_key(
            op.f("fk_invitation_invited_by_id_account"),
            "account",
            ["invited_by_id"],
            ["id"],
            ondelete="SET NULL",
        )
    op.create_table(
        "access_code",
        sa.Column("id", ID, nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("consultation_id", ID, nullable=False),
        sa.Column("batch", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("participant_id", ID, nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.Column("revoked_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_access_code_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_access_code_participant_id_participant"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_access_code_code_hash")),
        sa.UniqueConstraint(
            "consultation_id", "number", name=op.f("uq_access_code_consultation_id_number")
        ),
        sa.UniqueConstraint("participant_id", name=op.f("uq_access_code_participant_id")),
    )


def actors():
    op.add_column("organisation", said("look", 200))
    op.add_column("organisation", sa.Column("confirmed_at", UTCDateTime(), nullable=True))
    op.create_index(op.f("ix_organisation_look"), "organisation", ["look"])
    connection, table = (
        op.get_bind(),
        sa.table("organisation", sa.column("id"), sa.column("name"), sa.column("look")),
    )
    for row in connection.execute(sa.select(table.c.id, table.c.name)).all():
        look = lookalikes.skeleton(row.name)
        connection.execute(table.update().where(table.c.id == row.id).values(look=look))
    op.create_table(
        "mandate",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("invited_by_id", ID, nullable=True),
        sa.Column("function", sa.String(length=120), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.Column("began_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        key("mandate", "organisation_id", "organisation", "CASCADE"),
        key("mandate", "account_id", "account", "CASCADE"),
        key("mandate", "invited_by_id", "account", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
    )
    op.create_index(op.f("ix_mandate_account_id"), "mandate", ["account_id"])
    op.create_index(
        "uq_mandate_in_force",
        "mandate",
        ["organisation_id", "account_id"],
        unique=True,
        sqlite_where=sa.text("ended_at is null"),
        postgresql_where=sa.text("ended_at is null"),
    )
    op.create_table(
        "organisation_invitation",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("invited_by_id", ID, nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        key("organisation_invitation", "organisation_id", "organisation", "CASCADE"),
        key("organisation_invitation", "invited_by_id", "account", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_organisation_invitation_token_hash")),
        sa.UniqueConstraint(
            "organisation_id",
            "email",
            name=op.f("uq_organisation_invitation_organisation_id_email"),
        ),
    )
    op.create_index(
        op.f("ix_organisation_invitation_invited_by_id"),
        "organisation_invitation",
        ["invited_by_id"],
    )


def key(table, column, target, ondelete):
    return sa.ForeignKeyConstraint(
        [column],
        [f"{target}.id"],
        name=op.f(f"fk_{table}_{column}_{target}"),
        ondelete=ondelete,
    )


def downgrade():
    with op.batch_alter_table("invitation") as table:
        table.drop_constraint(op.f("fk_invitation_invited_by_id_account"), type_="foreignkey")
        table.drop_index(op.f("ix_invitation_invited_by_id"))
        table.drop_column("invited_by_id")
    op.drop_table("organisation_invitation")
    op.drop_table("mandate")
    op.drop_index(op.f("ix_organisation_look"), table_name="organisation")
    op.drop_column("organisation", "confirmed_at")
    op.drop_column("organisation", "look")
    op.drop_table("access_code")
    with op.batch_alter_table("listed_person") as table:
        table.drop_column("written_at")
        table.drop_column("letters")
    op.drop_column("statement", "speaks_from")
    for name, _length in PROFILE:
        op.drop_column("account", name)
