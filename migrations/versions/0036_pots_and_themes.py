"""Common pots that feed envelopes; themes of projects; what the agreement of a call promises."""

import sqlalchemy as sa
from alembic import op

from consult.models.base import LONG_INTEGER, UTCDateTime

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

KEY = sa.String(length=18)
NAME = sa.String(length=200)
INSTANT = UTCDateTime(timezone=True)
AMOUNT = "amount_cents between 1 and 1000000000000000"
DRAWN = "fk_call_envelope_pot_id_pot"


def upgrade():
    op.create_table(
        "pot",
        sa.Column("id", KEY, nullable=False),
        sa.Column("title", NAME, nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("kept_by", NAME, nullable=False),
        sa.Column("owner_id", KEY, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["account.id"],
            name=op.f("fk_pot_owner_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pot")),
    )
    op.create_index(op.f("ix_pot_owner_id"), "pot", ["owner_id"])
    op.create_table(
        "pot_payment",
        sa.Column("id", KEY, nullable=False),
        sa.Column("pot_id", KEY, nullable=False),
        sa.Column("payer", NAME, nullable=False),
        sa.Column("amount_cents", LONG_INTEGER, nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.CheckConstraint(AMOUNT, name=op.f("ck_pot_payment_amount")),
        sa.ForeignKeyConstraint(
            ["pot_id"], ["pot.id"], name=op.f("fk_pot_payment_pot_id_pot"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pot_payment")),
    )
    op.create_index(
        op.f("ix_pot_payment_pot_id_paid_on_id"), "pot_payment", ["pot_id", "paid_on", "id"]
    )
    with op.batch_alter_table("call_envelope") as table:
        table.add_column(sa.Column("pot_id", KEY, nullable=True))
        table.create_foreign_key(op.f(DRAWN), "pot", ["pot_id"], ["id"], ondelete="RESTRICT")
    op.create_index(op.f("ix_call_envelope_pot_id"), "call_envelope", ["pot_id"])
    for name, kind, empty in (("themes", sa.JSON(), "[]"), ("promises", sa.Text(), "")):
        op.add_column("open_call", sa.Column(name, kind, nullable=False, server_default=empty))
    op.add_column("project", sa.Column("theme", sa.Integer(), nullable=True))


def downgrade():
    op.drop_column("project", "theme")
    for name in ("promises", "themes"):
        op.drop_column("open_call", name)
    op.drop_index(op.f("ix_call_envelope_pot_id"), "call_envelope")
    with op.batch_alter_table("call_envelope") as table:
        table.drop_constraint(op.f(DRAWN), type_="foreignkey")
        table.drop_column("pot_id")
    for name in ("pot_payment", "pot"):
        op.drop_table(name)
