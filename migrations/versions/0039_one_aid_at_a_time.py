"""Of a kind of reading aid, one at a time waits or runs in a consultation."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

LIVE = "state in ('waiting', 'running')"


def upgrade():
    # Of those that wait or run together, the last asked goes on.
    op.execute(
        f"update aid set state = 'cancelled', ended_at = created_at where {LIVE} and exists"
        " (select 1 from aid as later where later.consultation_id = aid.consultation_id"
        " and later.kind = aid.kind and later.state in ('waiting', 'running')"
        " and (later.created_at > aid.created_at"
        " or (later.created_at = aid.created_at and later.id > aid.id)))"
    )
    op.create_index(
        "uq_aid_live",
        "aid",
        ["consultation_id", "kind"],
        unique=True,
        postgresql_where=sa.text(LIVE),
        sqlite_where=sa.text(LIVE),
    )


def downgrade():
    op.drop_index("uq_aid_live", table_name="aid")
