"""What the reading aids found in a theme or a question: telling words, passages, rare voices."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from consult.models.base import UTCDateTime

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

KEY = sa.String(length=18)
DATA = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def foreign(table, column, to):
    name = op.f(f"fk_{table}_{column}_{to.split('.')[0]}")
    return sa.ForeignKeyConstraint([column], [to], name=name, ondelete="CASCADE")


def required(name, kind, **facts):
    return sa.Column(name, kind, nullable=False, **facts)


def upgrade():
    op.create_table(
        "reading_note",
        required("id", KEY),
        required("consultation_id", KEY),
        required("kind", sa.String(length=20)),
        required("place", sa.String(length=24)),
        required("content", DATA),
        required("created_at", UTCDateTime(timezone=True)),
        foreign("reading_note", "consultation_id", "consultation.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_note")),
        sa.UniqueConstraint(
            "consultation_id",
            "kind",
            "place",
            name=op.f("uq_reading_note_consultation_id_kind_place"),
        ),
    )
    op.create_table(
        "noted_text",
        required("note_id", KEY),
        required("alone", sa.Boolean()),
        required("statement_id", KEY),
        required("version", sa.Integer()),
        required("position", sa.Integer()),
        required("starts", sa.Integer(), server_default="0"),
        required("ends", sa.Integer(), server_default="0"),
        required("kept_for", sa.Text(), server_default=""),
        sa.CheckConstraint("alone or ends > starts", name=op.f("ck_noted_text_passage")),
        foreign("noted_text", "note_id", "reading_note.id"),
        foreign("noted_text", "statement_id", "statement.id"),
        sa.PrimaryKeyConstraint("note_id", "alone", "statement_id", name=op.f("pk_noted_text")),
    )
    op.create_index(op.f("ix_noted_text_statement_id"), "noted_text", ["statement_id"])


def downgrade():
    op.drop_table("noted_text")
    op.drop_table("reading_note")
