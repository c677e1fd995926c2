"""The tags that readers put on texts, those proposed, those refused."""

import sqlalchemy as sa
from alembic import op

from consult.models.base import UTCDateTime

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

INSTANT = UTCDateTime(timezone=True)
KEY = sa.String(length=18)


def foreign(table, column, to, ondelete="CASCADE"):
    name = op.f(f"fk_{table}_{column}_{to.split('.')[0]}")
    return sa.ForeignKeyConstraint([column], [to], name=name, ondelete=ondelete)


def required(name, kind):
    return sa.Column(name, kind, nullable=False)


def of_text(table, *columns, key=("statement_id",)):
    op.create_table(
        table,
        required("statement_id", KEY),
        required("tag_id", KEY),
        *columns,
        foreign(table, "statement_id", "statement.id"),
        foreign(table, "tag_id", "reading_tag.id"),
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")),
    )


def upgrade():
    op.create_table(
        "reading_tag",
        required("id", KEY),
        required("consultation_id", KEY),
        required("name", sa.String(length=80)),
        required("folded", sa.String(length=320)),
        required("created_at", INSTANT),
        sa.CheckConstraint("name <> ''", name=op.f("ck_reading_tag_named")),
        foreign("reading_tag", "consultation_id", "consultation.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_tag")),
        sa.UniqueConstraint(
            "consultation_id", "folded", name=op.f("uq_reading_tag_consultation_id_folded")
        ),
    )
    of_text(
        "tagged_statement",
        required("version", sa.Integer()),
        sa.Column("account_id", KEY, nullable=True),
        required("tagged_at", INSTANT),
        foreign("tagged_statement", "account_id", "account.id", "SET NULL"),
    )
    for column in ("account_id", "tag_id"):
        op.create_index(op.f(f"ix_tagged_statement_{column}"), "tagged_statement", [column])
    of_text(
        "proposed_tag",
        required("version", sa.Integer()),
        required("confidence", sa.Integer()),
        required("level", sa.Integer()),
        sa.CheckConstraint(
            "confidence between 0 and 1000", name=op.f("ck_proposed_tag_confidence")
        ),
        sa.CheckConstraint("level between 1 and 3", name=op.f("ck_proposed_tag_level")),
    )
    op.create_index(
        op.f("ix_proposed_tag_tag_id_confidence"), "proposed_tag", ["tag_id", "confidence"]
    )
    of_text("refused_tag", required("refused_at", INSTANT), key=("statement_id", "tag_id"))
    op.create_index(op.f("ix_refused_tag_tag_id"), "refused_tag", ["tag_id"])


def downgrade():
    for table in ("refused_tag", "proposed_tag", "tagged_statement", "reading_tag"):
        op.drop_table(table)
