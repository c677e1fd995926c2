"""One way in that works at a time, for an address; accounts whose access is closed, and why."""

import sqlalchemy as sa
from alembic import op

from consult.models.base import UTCDateTime

revision = "0024"
down_revision = "0021"
branch_labels = None
depends_on = None

INSTANT = UTCDateTime(timezone=True)
KEY = sa.String(length=18)
LINK = "sign_in_link"
WORKS = "used_at is null and replaced_at is null"
# Of those that wait for the same thing, the newest stays.
REPLACED = """
update sign_in_link set replaced_at = created_at
where used_at is null and exists (
    select 1 from sign_in_link newer
    where newer.email = sign_in_link.email and newer.series = sign_in_link.series
    and newer.used_at is null
    and (newer.created_at > sign_in_link.created_at
        or newer.created_at = sign_in_link.created_at and newer.id > sign_in_link.id)
)
"""


def upgrade():
    op.add_column(LINK, sa.Column("series", KEY, nullable=False, server_default=""))
    op.add_column(LINK, sa.Column("replaced_at", INSTANT, nullable=True))
    op.execute("update sign_in_link set series = coalesce(participant_id, '')")
    op.execute(REPLACED)
    op.create_index(
        op.f("uq_sign_in_link_works"),
        LINK,
        ["email", "series"],
        unique=True,
        postgresql_where=sa.text(WORKS),
        sqlite_where=sa.text(WORKS),
    )


def downgrade():
    op.drop_index(op.f("uq_sign_in_link_works"), LINK)
    op.execute("delete from sign_in_link where replaced_at is not null")
    with op.batch_alter_table(LINK) as table:
        table.drop_column("replaced_at")
        table.drop_column("series")
