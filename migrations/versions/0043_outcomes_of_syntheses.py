"""What became of each part of a synthesis, and of what the last edition left open."""

import sqlalchemy as sa
from alembic import op

from consult.models.base import UTCDateTime

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

INSTANT = UTCDateTime(timezone=True)
KEY = sa.String(length=18)
ONE = "ck_outcome_one_subject"
ONE_OF_THREE = (
    "(case when statement_id is null then 0 else 1 end)"
    " + (case when question_id is null then 0 else 1 end)"
    " + (case when part_id is null then 0 else 1 end) = 1"
)
OUTCOME = sa.table(
    "outcome", sa.column("part_id"), sa.column("told_at"), sa.column("updated_at", INSTANT)
)
VERSION = sa.table("synthesis_version", sa.column("told_at"), sa.column("published_at", INSTANT))
UNTOLD = sa.text("told_at is null")


def foreign(table, column, to, ondelete):
    name = op.f(f"fk_{table}_{column}_{to.split('.')[0]}")
    return sa.ForeignKeyConstraint([column], [to], name=name, ondelete=ondelete)


def upgrade():
    with op.batch_alter_table("outcome") as table:
        table.add_column(sa.Column("synthesis_id", KEY, nullable=True))
        table.add_column(sa.Column("part_id", KEY, nullable=True))
        table.add_column(
            sa.Column("decision", sa.String(length=300), nullable=False, server_default="")
        )
        table.add_column(sa.Column("link", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("told_at", INSTANT, nullable=True))
        table.create_foreign_key(
            op.f("fk_outcome_synthesis_id_synthesis"),
            "synthesis",
            ["synthesis_id"],
            ["id"],
            ondelete="CASCADE",
        )
        table.create_unique_constraint(
            op.f("uq_outcome_synthesis_id_part_id"), ["synthesis_id", "part_id"]
        )
        table.drop_constraint(op.f(ONE), type_="check")
        table.create_check_constraint(op.f(ONE), ONE_OF_THREE)
        table.create_check_constraint(
            op.f("ck_outcome_of_synthesis"), "(synthesis_id is null) = (part_id is null)"
        )
    op.execute(OUTCOME.update().values(told_at=OUTCOME.c.updated_at))  # their letters left
    op.create_index(
        op.f("ix_outcome_untold"),
        "outcome",
        ["consultation_id"],
        sqlite_where=UNTOLD,
        postgresql_where=UNTOLD,
    )
    with op.batch_alter_table("synthesis_version") as table:
        table.add_column(sa.Column("told_at", INSTANT, nullable=True))
    op.execute(VERSION.update().values(told_at=VERSION.c.published_at))
    followed_up()


def followed_up():
    op.create_table(
        "follow_up",
        sa.Column("consultation_id", KEY, nullable=False),
        sa.Column("synthesis_id", KEY, nullable=False),
        sa.Column("part_id", KEY, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "state in ('done', 'going_on', 'dropped')", name=op.f("ck_follow_up_state")
        ),
        foreign("follow_up", "account_id", "account.id", "SET NULL"),
        foreign("follow_up", "consultation_id", "consultation.id", "CASCADE"),
        foreign("follow_up", "synthesis_id", "synthesis.id", "CASCADE"),
        sa.PrimaryKeyConstraint(
            "consultation_id", "synthesis_id", "part_id", name=op.f("pk_follow_up")
        ),
    )
    for column in ("account_id", "synthesis_id"):
        op.create_index(op.f(f"ix_follow_up_{column}"), "follow_up", [column])


def downgrade():
    op.drop_table("follow_up")
    with op.batch_alter_table("synthesis_version") as table:
        table.drop_column("told_at")
    op.drop_index(op.f("ix_outcome_untold"), table_name="outcome")
    op.execute(OUTCOME.delete().where(OUTCOME.c.part_id.is_not(None)))
    with op.batch_alter_table("outcome") as table:
        table.drop_constraint(op.f("ck_outcome_of_synthesis"), type_="check")
        table.drop_constraint(op.f(ONE), type_="check")
        table.drop_constraint(op.f("uq_outcome_synthesis_id_part_id"), type_="unique")
        table.drop_constraint(op.f("fk_outcome_synthesis_id_synthesis"), type_="foreignkey")
        table.create_check_constraint(op.f(ONE), "(statement_id is null) <> (question_id is null)")
        for column in ("told_at", "link", "decision", "part_id", "synthesis_id"):
            table.drop_column(column)
