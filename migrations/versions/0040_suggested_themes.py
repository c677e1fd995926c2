"""Themes suggested under a question, with their texts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from consult.models.base import UTCDateTime

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

INSTANT = UTCDateTime(timezone=True)
KEY = sa.String(length=18)
DATA = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def foreign(table, column, to):
    name = op.f(f"fk_{table}_{column}_{to.split('.')[0]}")
    return sa.ForeignKeyConstraint([column], [to], name=name, ondelete="CASCADE")


def required(name, kind):
    return sa.Column(name, kind, nullable=False)


def upgrade():
    op.create_table(
        "suggested_theme",
        required("id", KEY),
        required("consultation_id", KEY),
        sa.Column("theme_id", KEY, nullable=True),
        sa.Column("question_id", KEY, nullable=True),
        required("state", sa.String(length=10)),
        required("name", sa.String(length=200)),
        required("terms", DATA),
        required("version", sa.Integer()),
        required("created_at", INSTANT),
        required("updated_at", INSTANT),
        sa.CheckConstraint(
            "state in ('suggested', 'kept', 'dropped')", name=op.f("ck_suggested_theme_state")
        ),
        sa.CheckConstraint("state <> 'kept' or name <> ''", name=op.f("ck_suggested_theme_named")),
        foreign("suggested_theme", "consultation_id", "consultation.id"),
        foreign("suggested_theme", "question_id", "question.id"),
        foreign("suggested_theme", "theme_id", "theme.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggested_theme")),
    )
    for column in ("consultation_id", "question_id", "theme_id"):
        op.create_index(op.f(f"ix_suggested_theme_{column}"), "suggested_theme", [column])
    op.create_table(
        "themed_statement",
        required("statement_id", KEY),
        required("suggestion_id", KEY),
        required("version", sa.Integer()),
        required("place", sa.Integer()),
        foreign("themed_statement", "statement_id", "statement.id"),
        foreign("themed_statement", "suggestion_id", "suggested_theme.id"),
        sa.PrimaryKeyConstraint("statement_id", name=op.f("pk_themed_statement")),
    )
    op.create_index(
        op.f("ix_themed_statement_suggestion_id_place"),
        "themed_statement",
        ["suggestion_id", "place"],
    )


def downgrade():
    op.drop_table("themed_statement")
    op.drop_table("suggested_theme")
