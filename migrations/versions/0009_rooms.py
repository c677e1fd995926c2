"""Rooms, their members, the letters that ask to join them, and who reads which place."""

import sqlalchemy as sa
from alembic import op

from consult.models.base import UTCDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INSTANT = UTCDateTime(timezone=True)
KEY = sa.String(length=18)
CODE = sa.String(length=20)


def upgrade():
    _rooms()
    _members()
    _invitations()
    op.create_table(
        "territory_moderator",
        sa.Column("territory_code", CODE, nullable=False),
        sa.Column("room_id", KEY, nullable=False),
        _key("territory_moderator", "territory_code", "territory", "code"),
        _key("territory_moderator", "room_id", "room", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("territory_code", name=op.f("pk_territory_moderator")),
    )
    op.create_index(op.f("ix_territory_moderator_room_id"), "territory_moderator", ["room_id"])


def _rooms():
    op.create_table(
        "room",
        sa.Column("id", KEY, nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("territory_code", CODE, nullable=True),
        sa.Column("parent_id", KEY, nullable=True),
        sa.Column("moderates", sa.Boolean(), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.CheckConstraint("level in ('local', 'hub', 'national')", name=op.f("ck_room_level")),
        sa.CheckConstraint(
            "level <> 'national' or parent_id is null", name=op.f("ck_room_national_is_first")
        ),
        sa.CheckConstraint(
            "not moderates or territory_code is not null", name=op.f("ck_room_moderates_a_place")
        ),
        _key("room", "territory_code", "territory", "code"),
        _key("room", "parent_id", "room"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("slug", name=op.f("uq_room_slug")),
    )
    op.create_index(op.f("ix_room_territory_code"), "room", ["territory_code"])
    op.create_index(op.f("ix_room_parent_id"), "room", ["parent_id"])
    _unique_where("uq_room_moderator", "room", ["territory_code"], "moderates")


def _members():
    op.create_table(
        "room_member",
        sa.Column("id", KEY, nullable=False),
        sa.Column("room_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.CheckConstraint("role in ('facilitator', 'member')", name=op.f("ck_room_member_role")),
        _key("room_member", "room_id", "room", ondelete="CASCADE"),
        _key("room_member", "account_id", "account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_member")),
    )
    op.create_index(op.f("ix_room_member_room_id"), "room_member", ["room_id"])
    op.create_index(op.f("ix_room_member_account_id"), "room_member", ["account_id"])
    both = ["room_id", "account_id"]
    _unique_where("uq_room_member_now", "room_member", both, "ended_at is null")


def _invitations():
    op.create_table(
        "room_invitation",
        sa.Column("id", KEY, nullable=False),
        sa.Column("room_id", KEY, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("invited_by_id", KEY, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        _key("room_invitation", "room_id", "room", ondelete="CASCADE"),
        _key("room_invitation", "invited_by_id", "account", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_room_invitation_token_hash")),
        sa.UniqueConstraint("room_id", "email", name=op.f("uq_room_invitation_room_id_email")),
    )
    op.create_index(op.f("ix_room_invitation_invited_by_id"), "room_invitation", ["invited_by_id"])


def _key(table, column, to, column_to="id", **options):
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.{column_to}"], name=name, **options)


def _unique_where(name, table, columns, condition):
    where = sa.text(condition)
    op.create_index(name, table, columns, unique=True, sqlite_where=where, postgresql_where=where)


def downgrade():
    for table in ("territory_moderator", "room_invitation", "room_member", "room"):
        op.drop_table(table)
