"""Syntheses: blocks, the passages that prove them, published versions; the reading of what was sent."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from consult.models.base import UTCDateTime

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

INSTANT = UTCDateTime(timezone=True)
KEY = sa.String(length=18)
DATA = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def foreign(table, column, to, ondelete=None):
    name = op.f(f"fk_{table}_{column}_{to.split('.')[0]}")
    return sa.ForeignKeyConstraint([column], [to], name=name, ondelete=ondelete)


def check(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def required(name, kind):
    return sa.Column(name, kind, nullable=False)


def upgrade():
    written()
    read()


def written():
    op.create_table(
        "synthesis",
        required("id", KEY),
        required("slug", sa.String(length=80)),
        required("consultation_id", KEY),
        required("title", sa.String(length=200)),
        required("method", sa.Text()),
        required("foreword", sa.Text()),
        required("foreword_by", sa.String(length=200)),
        required("notes", sa.Text()),
        required("glossary", sa.Text()),
        required("imprint", sa.Text()),
        required("by_two", sa.Boolean()),
        sa.Column("proposed_digest", sa.String(length=64), nullable=True),
        sa.Column("proposed_by_id", KEY, nullable=True),
        required("version", sa.Integer()),
        required("created_at", INSTANT),
        required("updated_at", INSTANT),
        foreign("synthesis", "consultation_id", "consultation.id", "CASCADE"),
        foreign("synthesis", "proposed_by_id", "account.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synthesis")),
        sa.UniqueConstraint("consultation_id", name=op.f("uq_synthesis_consultation_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_synthesis_slug")),
    )
    op.create_index(op.f("ix_synthesis_proposed_by_id"), "synthesis", ["proposed_by_id"])
    op.create_table(
        "synthesis_source",
        required("id", KEY),
        required("synthesis_id", KEY),
        sa.Column("consultation_id", KEY, nullable=True),
        sa.Column("room_id", KEY, nullable=True),
        check("synthesis_source", "one_source", "(consultation_id is null) <> (room_id is null)"),
        foreign("synthesis_source", "consultation_id", "consultation.id", "CASCADE"),
        foreign("synthesis_source", "room_id", "room.id", "CASCADE"),
        foreign("synthesis_source", "synthesis_id", "synthesis.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synthesis_source")),
        sa.UniqueConstraint(
            "synthesis_id",
            "consultation_id",
            name=op.f("uq_synthesis_source_synthesis_id_consultation_id"),
        ),
        sa.UniqueConstraint(
            "synthesis_id", "room_id", name=op.f("uq_synthesis_source_synthesis_id_room_id")
        ),
    )
    op.create_index(
        op.f("ix_synthesis_source_consultation_id"), "synthesis_source", ["consultation_id"]
    )
    op.create_index(op.f("ix_synthesis_source_room_id"), "synthesis_source", ["room_id"])
    op.create_table(
        "hearing",
        required("id", KEY),
        required("synthesis_id", KEY),
        required("speaker", sa.String(length=200)),
        required("function", sa.String(length=200)),
        required("held_on", sa.Date()),
        required("body", sa.Text()),
        required("version", sa.Integer()),
        required("created_at", INSTANT),
        foreign("hearing", "synthesis_id", "synthesis.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing")),
    )
    op.create_index(op.f("ix_hearing_synthesis_id"), "hearing", ["synthesis_id"])
    op.create_table(
        "synthesis_block",
        required("id", KEY),
        required("synthesis_id", KEY),
        required("kind", sa.String(length=20)),
        required("position", sa.Integer()),
        sa.Column("theme_id", KEY, nullable=True),
        sa.Column("question_id", KEY, nullable=True),
        required("title", sa.String(length=300)),
        required("body", sa.Text()),
        required("details", DATA),
        required("version", sa.Integer()),
        sa.Column("updated_by_id", KEY, nullable=True),
        required("created_at", INSTANT),
        required("updated_at", INSTANT),
        foreign("synthesis_block", "question_id", "question.id", "SET NULL"),
        foreign("synthesis_block", "synthesis_id", "synthesis.id", "CASCADE"),
        foreign("synthesis_block", "theme_id", "theme.id", "SET NULL"),
        foreign("synthesis_block", "updated_by_id", "account.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synthesis_block")),
    )
    op.create_index(op.f("ix_synthesis_block_question_id"), "synthesis_block", ["question_id"])
    op.create_index(
        op.f("ix_synthesis_block_synthesis_id_position_id"),
        "synthesis_block",
        ["synthesis_id", "position", "id"],
    )
    op.create_index(op.f("ix_synthesis_block_theme_id"), "synthesis_block", ["theme_id"])
    op.create_index(op.f("ix_synthesis_block_updated_by_id"), "synthesis_block", ["updated_by_id"])
    op.create_table(
        "block_revision",
        required("block_id", KEY),
        required("version", sa.Integer()),
        required("title", sa.Text()),
        required("body", sa.Text()),
        required("details", DATA),
        sa.Column("account_id", KEY, nullable=True),
        required("created_at", INSTANT),
        foreign("block_revision", "account_id", "account.id", "SET NULL"),
        foreign("block_revision", "block_id", "synthesis_block.id", "CASCADE"),
        sa.PrimaryKeyConstraint("block_id", "version", name=op.f("pk_block_revision")),
    )
    op.create_index(op.f("ix_block_revision_account_id"), "block_revision", ["account_id"])
    op.create_table(
        "block_note",
        required("id", KEY),
        required("block_id", KEY),
        sa.Column("account_id", KEY, nullable=True),
        required("body", sa.Text()),
        required("created_at", INSTANT),
        sa.Column("settled_at", INSTANT, nullable=True),
        foreign("block_note", "account_id", "account.id", "SET NULL"),
        foreign("block_note", "block_id", "synthesis_block.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block_note")),
    )
    op.create_index(op.f("ix_block_note_account_id"), "block_note", ["account_id"])
    op.create_index(op.f("ix_block_note_block_id"), "block_note", ["block_id"])
    op.create_table(
        "extract",
        required("id", KEY),
        required("block_id", KEY),
        sa.Column("statement_id", KEY, nullable=True),
        sa.Column("document_id", KEY, nullable=True),
        sa.Column("hearing_id", KEY, nullable=True),
        required("starts", sa.Integer()),
        required("ends", sa.Integer()),
        required("quote", sa.Text()),
        required("source_sha256", sa.String(length=64)),
        required("named", sa.Boolean()),
        sa.Column("told_at", INSTANT, nullable=True),
        sa.Column("contested_at", INSTANT, nullable=True),
        required("contested_why", sa.Text()),
        sa.Column("account_id", KEY, nullable=True),
        required("created_at", INSTANT),
        check(
            "extract",
            "one_source",
            "(case when statement_id is null then 0 else 1 end) + (case when document_id is null then 0 else 1 end) + (case when hearing_id is null then 0 else 1 end) = 1",
        ),
        check("extract", "passage", "starts >= 0 and ends > starts"),
        foreign("extract", "account_id", "account.id", "SET NULL"),
        foreign("extract", "block_id", "synthesis_block.id", "CASCADE"),
        foreign("extract", "document_id", "room_document.id", "CASCADE"),
        foreign("extract", "hearing_id", "hearing.id", "CASCADE"),
        foreign("extract", "statement_id", "statement.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extract")),
        sa.UniqueConstraint(
            "block_id",
            "document_id",
            "starts",
            "ends",
            name=op.f("uq_extract_block_id_document_id_starts_ends"),
        ),
        sa.UniqueConstraint(
            "block_id",
            "hearing_id",
            "starts",
            "ends",
            name=op.f("uq_extract_block_id_hearing_id_starts_ends"),
        ),
        sa.UniqueConstraint(
            "block_id",
            "statement_id",
            "starts",
            "ends",
            name=op.f("uq_extract_block_id_statement_id_starts_ends"),
        ),
    )
    op.create_index(op.f("ix_extract_account_id"), "extract", ["account_id"])
    op.create_index(op.f("ix_extract_document_id"), "extract", ["document_id"])
    op.create_index(op.f("ix_extract_hearing_id"), "extract", ["hearing_id"])
    op.create_index(op.f("ix_extract_statement_id"), "extract", ["statement_id"])
    op.create_table(
        "synthesis_version",
        required("id", KEY),
        required("synthesis_id", KEY),
        required("number", sa.Integer()),
        required("content", sa.Text()),
        required("digest", sa.String(length=64)),
        required("reason", sa.Text()),
        sa.Column("proposed_by_id", KEY, nullable=True),
        sa.Column("published_by_id", KEY, nullable=True),
        required("published_at", INSTANT),
        check("synthesis_version", "number", "number >= 1"),
        foreign("synthesis_version", "proposed_by_id", "account.id", "SET NULL"),
        foreign("synthesis_version", "published_by_id", "account.id", "SET NULL"),
        foreign("synthesis_version", "synthesis_id", "synthesis.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synthesis_version")),
        sa.UniqueConstraint(
            "synthesis_id", "number", name=op.f("uq_synthesis_version_synthesis_id_number")
        ),
    )
    op.create_index(
        op.f("ix_synthesis_version_proposed_by_id"), "synthesis_version", ["proposed_by_id"]
    )
    op.create_index(
        op.f("ix_synthesis_version_published_by_id"), "synthesis_version", ["published_by_id"]
    )
    op.create_table(
        "credit",
        required("consultation_id", KEY),
        required("participant_id", KEY),
        required("name", sa.String(length=200)),
        required("created_at", INSTANT),
        foreign("credit", "consultation_id", "consultation.id", "CASCADE"),
        foreign("credit", "participant_id", "participant.id", "CASCADE"),
        sa.PrimaryKeyConstraint("consultation_id", "participant_id", name=op.f("pk_credit")),
    )
    op.create_index(op.f("ix_credit_participant_id"), "credit", ["participant_id"])


def read():
    op.create_table(
        "statement_reading",
        required("statement_id", KEY),
        required("consultation_id", KEY),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        required("state", sa.String(length=10)),
        required("reason", sa.Text()),
        sa.Column("account_id", KEY, nullable=True),
        required("read_at", INSTANT),
        check("statement_reading", "reason", "(state = 'set_aside') = (reason <> '')"),
        check("statement_reading", "state", "state in ('read', 'set_aside')"),
        foreign("statement_reading", "account_id", "account.id", "SET NULL"),
        foreign("statement_reading", "consultation_id", "consultation.id", "CASCADE"),
        foreign("statement_reading", "statement_id", "statement.id", "CASCADE"),
        sa.PrimaryKeyConstraint("statement_id", name=op.f("pk_statement_reading")),
    )
    op.create_index(op.f("ix_statement_reading_account_id"), "statement_reading", ["account_id"])
    op.create_index(
        op.f("ix_statement_reading_consultation_id"), "statement_reading", ["consultation_id"]
    )
    op.create_table(
        "reading_hold",
        required("statement_id", KEY),
        required("account_id", KEY),
        required("until", INSTANT),
        foreign("reading_hold", "account_id", "account.id", "CASCADE"),
        foreign("reading_hold", "statement_id", "statement.id", "CASCADE"),
        sa.PrimaryKeyConstraint("statement_id", name=op.f("pk_reading_hold")),
    )
    op.create_index(op.f("ix_reading_hold_account_id"), "reading_hold", ["account_id"])
    op.create_table(
        "grouped_statement",
        required("statement_id", KEY),
        required("consultation_id", KEY),
        required("leader_id", KEY),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("leader_version", sa.Integer(), nullable=False, server_default="1"),
        check("grouped_statement", "not_itself", "statement_id <> leader_id"),
        foreign("grouped_statement", "consultation_id", "consultation.id", "CASCADE"),
        foreign("grouped_statement", "leader_id", "statement.id", "CASCADE"),
        foreign("grouped_statement", "statement_id", "statement.id", "CASCADE"),
        sa.PrimaryKeyConstraint("statement_id", name=op.f("pk_grouped_statement")),
    )
    op.create_index(
        op.f("ix_grouped_statement_consultation_id"), "grouped_statement", ["consultation_id"]
    )
    op.create_index(op.f("ix_grouped_statement_leader_id"), "grouped_statement", ["leader_id"])
    op.create_table(
        "aid",
        required("id", KEY),
        required("consultation_id", KEY),
        required("kind", sa.String(length=20)),
        required("state", sa.String(length=10)),
        required("done", sa.Integer()),
        required("total", sa.Integer()),
        sa.Column("account_id", KEY, nullable=True),
        required("created_at", INSTANT),
        sa.Column("beat_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        check("aid", "state", "state in ('waiting', 'running', 'done', 'failed', 'cancelled')"),
        foreign("aid", "account_id", "account.id", "SET NULL"),
        foreign("aid", "consultation_id", "consultation.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aid")),
    )
    op.create_index(op.f("ix_aid_account_id"), "aid", ["account_id"])
    op.create_index(
        op.f("ix_aid_consultation_id_kind_created_at"),
        "aid",
        ["consultation_id", "kind", "created_at"],
    )


def downgrade():
    for table in (
        "aid",
        "grouped_statement",
        "reading_hold",
        "statement_reading",
        "credit",
        "synthesis_version",
        "extract",
        "block_note",
        "block_revision",
        "synthesis_block",
        "hearing",
        "synthesis_source",
        "synthesis",
    ):
        op.drop_table(table)
