"""Who sits in a room: colleges, seats and their mandates, official counterparts."""

import sqlalchemy as sa
from alembic import op

from consult.models.base import UTCDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ID = sa.String(length=18)


def upgrade():
    room_college()
    seat()
    seat_mandate()
    room_official()
    with op.batch_alter_table("room") as table:
        table.add_column(
            sa.Column("purpose", sa.String(length=600), server_default="", nullable=False)
        )
        table.add_column(sa.Column("active_at", UTCDateTime(), nullable=True))
    op.add_column("room_invitation", sa.Column("college", sa.String(length=20), nullable=True))
    with op.batch_alter_table("room_member") as table:
        table.add_column(sa.Column("college", sa.String(length=20), nullable=True))
        table.add_column(sa.Column("mandate_id", ID, nullable=True))
        table.create_index(op.f("ix_room_member_mandate_id"), ["mandate_id"])
        table.create_foreign_key(
            op.f("fk_room_member_mandate_id_seat_mandate"),
            "seat_mandate",
            ["mandate_id"],
            ["id"],
            ondelete="SET NULL",
        )


def room_college():
    op.create_table(
        "room_college",
        sa.Column("room_id", ID, nullable=False),
        sa.Column("college", sa.String(length=20), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.CheckConstraint("wanted between 1 and 99", name=op.f("ck_room_college_wanted")),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=op.f("fk_room_college_room_id_room"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("room_id", "college", name=op.f("pk_room_college")),
    )


def seat():
    op.create_table(
        "seat",
        sa.Column("id", ID, nullable=False),
        sa.Column("room_id", ID, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("handover", sa.Text(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "kind in ('ordinary', 'coordination', 'spokesperson', 'elected', 'technician')",
            name=op.f("ck_seat_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=op.f("fk_seat_room_id_room"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
    )
    op.create_index(op.f("ix_seat_room_id"), "seat", ["room_id"])
    op.create_index(
        "uq_seat_single",
        "seat",
        ["room_id", "kind"],
        unique=True,
        sqlite_where=sa.text("kind in ('coordination', 'spokesperson')"),
        postgresql_where=sa.text("kind in ('coordination', 'spokesperson')"),
    )


def seat_mandate():
    op.create_table(
        "seat_mandate",
        sa.Column("id", ID, nullable=False),
        sa.Column("seat_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("appointed_by", sa.String(length=200), nullable=False),
        sa.Column("deputy", sa.String(length=120), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("stays", sa.Boolean(), nullable=False),
        sa.Column("is_seated", sa.Boolean(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "ended_on is null or ended_on >= begins_on", name=op.f("ck_seat_mandate_ended_after")
        ),
        sa.CheckConstraint(
            "ends_on is null or ends_on > begins_on", name=op.f("ck_seat_mandate_ends_after")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_seat_mandate_account_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["seat.id"], name=op.f("fk_seat_mandate_seat_id_seat"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_mandate")),
        sa.UniqueConstraint("seat_id", "begins_on", name=op.f("uq_seat_mandate_seat_id_begins_on")),
    )
    op.create_index(op.f("ix_seat_mandate_account_id"), "seat_mandate", ["account_id"])
    op.create_index(
        "uq_seat_mandate_open",
        "seat_mandate",
        ["seat_id"],
        unique=True,
        sqlite_where=sa.text("ended_on is null"),
        postgresql_where=sa.text("ended_on is null"),
    )


def room_official():
    op.create_table(
        "room_official",
        sa.Column("id", ID, nullable=False),
        sa.Column("room_id", ID, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("institution", sa.String(length=200), nullable=False),
        sa.Column("theme", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "begins_on is null or ends_on is null or ends_on > begins_on",
            name=op.f("ck_room_official_ends_after"),
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=op.f("fk_room_official_room_id_room"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_official")),
    )
    op.create_index(op.f("ix_room_official_room_id"), "room_official", ["room_id"])


def downgrade():
    with op.batch_alter_table("room_member") as table:
        table.drop_constraint(op.f("fk_room_member_mandate_id_seat_mandate"), type_="foreignkey")
        table.drop_index(op.f("ix_room_member_mandate_id"))
        table.drop_column("mandate_id")
        table.drop_column("college")
    op.drop_column("room_invitation", "college")
    with op.batch_alter_table("room") as table:
        table.drop_column("active_at")
        table.drop_column("purpose")
    op.drop_table("room_official")
    op.drop_table("seat_mandate")
    op.drop_table("seat")
    op.drop_table("room_college")
