"""What explains each amount of a published split: its envelopes and its lines."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consult.models.base import UTCDateTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

KEY = sa.String(length=18)
MONEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
)


def foreign(table, column, to, ondelete):
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)


def required(name, kind):
    return sa.Column(name, kind, nullable=False)


def upgrade():
    op.create_table(
        "split_envelope",
        required("decision_id", KEY),
        required("position", sa.Integer()),
        required("envelope_id", KEY),
        required("funder", sa.String(length=200)),
        required("amount_cents", MONEY),
        required("awarded_cents", MONEY),
        required("floor_cents", MONEY),
        sa.Column("cap_cents", MONEY, nullable=True),
        required("projects", sa.Integer()),
        required("stages", JSON),
        foreign("split_envelope", "decision_id", "split_decision", "CASCADE"),
        foreign("split_envelope", "envelope_id", "call_envelope", "RESTRICT"),
        sa.PrimaryKeyConstraint("decision_id", "position", name=op.f("pk_split_envelope")),
    )
    op.create_index(op.f("ix_split_envelope_envelope_id"), "split_envelope", ["envelope_id"])
    op.create_table(
        "split_line",
        required("decision_id", KEY),
        required("rank", sa.Integer()),
        required("project_id", KEY),
        required("number", sa.Integer()),
        required("asked_cents", MONEY),
        required("wanted_cents", MONEY),
        required("floor_cents", MONEY),
        required("awarded_cents", MONEY),
        sa.Column("priority", sa.Integer(), nullable=True),
        required("share", sa.Integer()),
        sa.Column("sources", sa.JSON(none_as_null=True), nullable=True),
        required("by_asked", sa.Integer()),
        required("by_awarded", sa.Integer()),
        required("by_share", sa.Integer()),
        sa.CheckConstraint(
            "awarded_cents between 0 and asked_cents", name=op.f("ck_split_line_awarded")
        ),
        foreign("split_line", "decision_id", "split_decision", "CASCADE"),
        foreign("split_line", "project_id", "project", "RESTRICT"),
        sa.PrimaryKeyConstraint("decision_id", "rank", name=op.f("pk_split_line")),
        sa.UniqueConstraint(
            "decision_id", "project_id", name=op.f("uq_split_line_decision_id_project_id")
        ),
    )
    op.create_index(op.f("ix_split_line_project_id"), "split_line", ["project_id"])
    for column in ("number", "by_asked", "by_awarded", "by_share"):
        name = op.f(f"ix_split_line_decision_id_{column}")
        op.create_index(name, "split_line", ["decision_id", column])
    op.create_table(
        "split_telling",
        required("decision_id", KEY),
        required("reached", sa.Integer()),
        sa.Column("done_at", UTCDateTime(timezone=True), nullable=True),
        foreign("split_telling", "decision_id", "split_decision", "CASCADE"),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_split_telling")),
    )
    op.create_index(op.f("ix_split_telling_done_at"), "split_telling", ["done_at"])


def downgrade():
    op.drop_table("split_telling")
    op.drop_table("split_line")
    op.drop_table("split_envelope")
