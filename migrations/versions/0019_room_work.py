"""What a room does: meetings, documents, decisions, commitments."""

import sqlalchemy as sa
from alembic import op

from consult.models.base import UTCDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ID = sa.String(length=18)


def upgrade():
    room_event()
    event_registration()
    room_document()
    commitment()


def room_event():
    op.create_table(
        "room_event",
        sa.Column("id", ID, nullable=False),
        sa.Column("room_id", ID, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=False),
        sa.Column("time_zone", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=2000), nullable=False),
        sa.Column("takes_names", sa.Boolean(), nullable=False),
        sa.Column("series_id", ID, nullable=True),
        sa.Column("attended", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "attended is null or attended between 0 and 100000", name=op.f("ck_room_event_attended")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_room_event_ends_after")),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=op.f("fk_room_event_room_id_room"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_event")),
        sa.UniqueConstraint(
            "series_id", "starts_at", name=op.f("uq_room_event_series_id_starts_at")
        ),
    )
    op.create_index(op.f("ix_room_event_room_id_starts_at"), "room_event", ["room_id", "starts_at"])


def event_registration():
    op.create_table(
        "event_registration",
        sa.Column("event_id", ID, nullable=False),
        sa.Column("participant_id", ID, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["room_event.id"],
            name=op.f("fk_event_registration_event_id_room_event"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_event_registration_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "participant_id", name=op.f("pk_event_registration")),
    )
    op.create_index(
        op.f("ix_event_registration_participant_id"), "event_registration", ["participant_id"]
    )


def room_document():
    op.create_table(
        "room_document",
        sa.Column("id", ID, nullable=False),
        sa.Column("room_id", ID, nullable=False),
        sa.Column("event_id", ID, nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=2000), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "body <> '' or link <> ''", name=op.f("ck_room_document_says_something")
        ),
        sa.CheckConstraint(
            "kind in ('minutes', 'decision', 'resource')", name=op.f("ck_room_document_kind")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["room_event.id"],
            name=op.f("fk_room_document_event_id_room_event"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=op.f("fk_room_document_room_id_room"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_document")),
    )
    op.create_index(op.f("ix_room_document_event_id"), "room_document", ["event_id"])
    op.create_index(
        op.f("ix_room_document_room_id_dated_on"), "room_document", ["room_id", "dated_on"]
    )
    op.create_index(
        "uq_room_document_minutes",
        "room_document",
        ["event_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'minutes'"),
        postgresql_where=sa.text("kind = 'minutes'"),
    )


def commitment():
    op.create_table(
        "commitment",
        sa.Column("id", ID, nullable=False),
        sa.Column("room_id", ID, nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("who", sa.String(length=120), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("kept_on", sa.Date(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.id"], name=op.f("fk_commitment_room_id_room"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
    )
    op.create_index(op.f("ix_commitment_room_id"), "commitment", ["room_id"])


def downgrade():
    op.drop_table("commitment")
    op.drop_table("room_document")
    op.drop_table("event_registration")
    op.drop_table("room_event")
