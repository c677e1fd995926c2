"""What someone asks of a room waits until a day."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

from consult.models.base import UTCDateTime

revision = "0032"
down_revision = "0030"
branch_labels = None
depends_on = None

INSTANT = UTCDateTime(timezone=True)
DELAY = timedelta(days=30)
MATTER = sa.table(
    "matter",
    sa.column("stage", sa.String()),
    sa.column("asked", sa.Boolean()),
    sa.column("deadline_at", INSTANT),
)


def upgrade():
    let_requests_wait()


def downgrade():
    waits = MATTER.c.stage == "draft"
    op.execute(MATTER.update().where(waits).values(deadline_at=None))


def let_requests_wait():
    """Give a whole delay, from now, to what was asked before there was one."""
    waits = (MATTER.c.stage == "draft", MATTER.c.asked)
    op.execute(MATTER.update().where(*waits).values(deadline_at=datetime.now(UTC) + DELAY))
