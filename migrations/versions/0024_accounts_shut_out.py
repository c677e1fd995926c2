"""One way in that works at a time, for an address; accounts whose access is closed, and why."""

import sqlalchemy as sa
from alembic import op

from consult.models.base import UTCDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

INSTANT = UTCDateTime(timezone=True)
KEY = sa.String(length=18)
LINK = "sign_in_link"
CLOSING = "account_closing"
CLOSED = "reopened_at is null"
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

    op.create_table(
        CLOSING,
        required("id", KEY),
        required("account_id", KEY),
        required("reason", sa.String(length=20)),
        required("words", sa.Text()),
        required("closed_at", INSTANT),
        sa.Column("closed_by_id", KEY, nullable=True),
        sa.Column("reopened_at", INSTANT, nullable=True),
        sa.Column("reopened_by_id", KEY, nullable=True),
        to_account("account_id", "CASCADE"),
        to_account("closed_by_id", "SET NULL"),
        to_account("reopened_by_id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{CLOSING}")),
    )
    for column in ("account_id", "closed_by_id", "reopened_by_id"):
        op.create_index(op.f(f"ix_{CLOSING}_{column}"), CLOSING, [column])
    op.create_index(
        op.f("uq_account_closing_closed"),
        CLOSING,
        ["account_id"],
        unique=True,
        postgresql_where=sa.text(CLOSED),
        sqlite_where=sa.text(CLOSED),
    )
    erasures(["withdrawn", "kept", "address"])
    for column in ("name", "search"):
        kind = sa.String(length=60)
        op.add_column("postcode", sa.Column(column, kind, nullable=False, server_default=""))
    op.create_index(op.f("ix_postcode_search"), "postcode", ["search"])
    op.execute("delete from setting where key = 'territories_digest'")  # they are read again


def erasures(words):
    """Say what may become of what was erased: for an address there is nothing to choose."""
    with op.batch_alter_table("erasure") as table:
        table.drop_constraint(op.f("ck_erasure_texts"), type_="check")
        quoted = ", ".join(f"'{word}'" for word in words)
        table.create_check_constraint(op.f("ck_erasure_texts"), f"texts in ({quoted})")


def required(name, kind):
    return sa.Column(name, kind, nullable=False)


def to_account(column, ondelete):
    name = op.f(f"fk_{CLOSING}_{column}_account")
    return sa.ForeignKeyConstraint([column], ["account.id"], name=name, ondelete=ondelete)


def downgrade():
    op.drop_index(op.f("ix_postcode_search"), "postcode")
    with op.batch_alter_table("postcode") as table:
        table.drop_column("search")
        table.drop_column("name")
    op.execute("delete from erasure where texts = 'address'")
    erasures(["withdrawn", "kept"])
    op.drop_table(CLOSING)
    op.drop_index(op.f("uq_sign_in_link_works"), LINK)
    op.execute("delete from sign_in_link where replaced_at is not null")
    with op.batch_alter_table(LINK) as table:
        table.drop_column("replaced_at")
        table.drop_column("series")
