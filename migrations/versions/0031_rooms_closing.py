"""What is asked of a room waits until a day; who was at a meeting; corrections that are said."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

from consult.domain import searching
from consult.models.base import UTCDateTime

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

INSTANT = UTCDateTime(timezone=True)
ID = sa.String(length=18)
DELAY = timedelta(days=30)
COMMITMENT = sa.table(
    "commitment",
    sa.column("id", ID),
    sa.column("what", sa.String()),
    sa.column("search", sa.Text()),
)
CORRECTED = ("room_document", "room_official")
REMOTE = "ck_room_event_attended_remote"
MATTER = sa.table(
    "matter",
    sa.column("stage", sa.String()),
    sa.column("asked", sa.Boolean()),
    sa.column("deadline_at", INSTANT),
)


def upgrade():
    let_requests_wait()
    note_who_was_there()
    find_commitments()
    for name in CORRECTED:
        op.add_column(name, sa.Column("corrected_at", INSTANT, nullable=True))
    number = sa.Column("version", sa.Integer(), nullable=False, server_default="1")
    with op.batch_alter_table("room_official") as table:
        table.add_column(number)
    with op.batch_alter_table("room_official") as table:
        table.alter_column("version", server_default=None)


def downgrade():
    with op.batch_alter_table("room_official") as table:
        table.drop_column("version")
    for name in reversed(CORRECTED):
        with op.batch_alter_table(name) as table:
            table.drop_column("corrected_at")
    with op.batch_alter_table("commitment") as table:
        table.drop_column("search")
    with op.batch_alter_table("room_event") as table:
        table.drop_constraint(op.f(REMOTE), type_="check")
        table.drop_column("attended_remote")
    op.drop_table("event_attendance")
    waits = MATTER.c.stage == "draft"
    op.execute(MATTER.update().where(waits).values(deadline_at=None))


def let_requests_wait():
    """Give a whole delay, from now, to what was asked before there was one."""
    waits = (MATTER.c.stage == "draft", MATTER.c.asked)
    op.execute(MATTER.update().where(*waits).values(deadline_at=datetime.now(UTC) + DELAY))


def find_commitments():
    """Keep the words by which a commitment is found."""
    words = sa.Column("search", sa.Text(), nullable=False, server_default="")
    with op.batch_alter_table("commitment") as table:
        table.add_column(words)
    rows = op.get_bind().execute(sa.select(COMMITMENT.c.id, COMMITMENT.c.what)).all()
    for row in rows:
        found = COMMITMENT.update().where(COMMITMENT.c.id == row.id)
        op.execute(found.values(search=searching.normalise(row.what)))
    with op.batch_alter_table("commitment") as table:
        table.alter_column("search", server_default=None)


def note_who_was_there():
    table = "event_attendance"
    op.create_table(
        table,
        sa.Column("id", ID, nullable=False),
        sa.Column("event_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("participant_id", ID, nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.CheckConstraint("way in ('on_site', 'remote')", name=op.f(f"ck_{table}_way")),
        *(foreign(table, *to) for to in (("event_id", "room_event"), ("account_id", "account"))),
        foreign(table, "participant_id", "participant"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.UniqueConstraint("event_id", name, name=op.f(f"uq_{table}_event_id_{name}"))
            for name in ("account_id", "participant_id")
        ),
    )
    for name in ("account_id", "participant_id"):
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])
    with op.batch_alter_table("room_event") as event:
        event.add_column(sa.Column("attended_remote", sa.Integer(), nullable=True))
        event.create_check_constraint(
            op.f(REMOTE), "attended_remote is null or attended_remote between 0 and attended"
        )


def foreign(table, column, to):
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete="CASCADE")
