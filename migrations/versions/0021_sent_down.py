"""What rooms send down and how it is received; consultations offered to rooms, local editions."""

import sqlalchemy as sa
from alembic import op

from consult.models.base import UTCDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

INSTANT = UTCDateTime(timezone=True)
KEY = sa.String(length=18)


def foreign(table, column, to, ondelete):
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)


def check(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def required(name, kind):
    return sa.Column(name, kind, nullable=False)


def upgrade():
    frames()
    receptions()
    editions()


def frames():
    kinds = "kind in ('framework', 'principle', 'decision', 'question')"
    op.create_table(
        "frame",
        required("id", KEY),
        required("room_id", KEY),
        required("kind", sa.String(length=12)),
        required("title", sa.String(length=200)),
        required("body", sa.Text()),
        required("for_all", sa.Boolean()),
        required("due_at", INSTANT),
        required("version", sa.Integer()),
        required("created_at", INSTANT),
        required("updated_at", INSTANT),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        required("withdrawn_reason", sa.Text()),
        check("frame", "kind", kinds),
        check("frame", "withdrawn", "(withdrawn_at is null) = (withdrawn_reason = '')"),
        foreign("frame", "room_id", "room", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frame")),
    )
    op.create_index(
        op.f("ix_frame_room_id_created_at_id"), "frame", ["room_id", "created_at", "id"]
    )
    op.create_table(
        "frame_version",
        required("frame_id", KEY),
        required("version", sa.Integer()),
        required("kind", sa.String(length=12)),
        required("title", sa.String(length=200)),
        required("body", sa.Text()),
        required("due_at", INSTANT),
        required("reason", sa.Text()),
        required("created_at", INSTANT),
        foreign("frame_version", "frame_id", "frame", "CASCADE"),
        sa.PrimaryKeyConstraint("frame_id", "version", name=op.f("pk_frame_version")),
    )


def receptions():
    states = "state in ('waiting', 'received', 'read', 'adopted', 'adapted', 'asked')"
    op.create_table(
        "frame_reception",
        required("frame_id", KEY),
        required("room_id", KEY),
        required("version", sa.Integer()),
        required("state", sa.String(length=10)),
        required("note", sa.Text()),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        required("reply", sa.Text()),
        sa.Column("replied_at", INSTANT, nullable=True),
        check("frame_reception", "state", states),
        check("frame_reception", "decided", "(state = 'waiting') = (decided_at is null)"),
        check("frame_reception", "note", "state not in ('adapted', 'asked') or note <> ''"),
        check("frame_reception", "reply", "(reply = '') = (replied_at is null)"),
        foreign("frame_reception", "frame_id", "frame", "CASCADE"),
        foreign("frame_reception", "room_id", "room", "CASCADE"),
        foreign("frame_reception", "account_id", "account", "SET NULL"),
        sa.PrimaryKeyConstraint("frame_id", "room_id", "version", name=op.f("pk_frame_reception")),
    )
    for column in ("room_id", "account_id"):
        op.create_index(op.f(f"ix_frame_reception_{column}"), "frame_reception", [column])


def editions():
    op.create_table(
        "edition_offer",
        required("consultation_id", KEY),
        required("room_id", KEY),
        sa.Column("offered_by_id", KEY, nullable=True),
        required("offered_at", INSTANT),
        sa.Column("edition_id", KEY, nullable=True),
        sa.Column("taken_at", INSTANT, nullable=True),
        check("edition_offer", "taken", "(edition_id is null) = (taken_at is null)"),
        check("edition_offer", "another", "edition_id <> consultation_id"),
        foreign("edition_offer", "consultation_id", "consultation", "CASCADE"),
        foreign("edition_offer", "room_id", "room", "CASCADE"),
        foreign("edition_offer", "offered_by_id", "account", "SET NULL"),
        foreign("edition_offer", "edition_id", "consultation", "CASCADE"),
        sa.PrimaryKeyConstraint("consultation_id", "room_id", name=op.f("pk_edition_offer")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_edition_offer_edition_id")),
    )
    for column in ("room_id", "offered_by_id"):
        op.create_index(op.f(f"ix_edition_offer_{column}"), "edition_offer", [column])
    op.create_table(
        "common_question",
        required("question_id", KEY),
        required("source_id", KEY),
        foreign("common_question", "question_id", "question", "CASCADE"),
        foreign("common_question", "source_id", "question", "CASCADE"),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_common_question")),
    )
    op.create_index(op.f("ix_common_question_source_id"), "common_question", ["source_id"])


def downgrade():
    for table in (
        "common_question",
        "edition_offer",
        "frame_reception",
        "frame_version",
        "frame",
    ):
        op.drop_table(table)
