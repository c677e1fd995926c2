"""Passkeys, identities of a provider, the last proof of a session; sealed secrets."""

import sqlalchemy as sa
from alembic import op

from consult.models import sealed
from consult.models.base import UTCDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

INSTANT = UTCDateTime(timezone=True)
KEY = sa.String(length=18)


def upgrade():
    passkeys()
    identities()
    op.create_table(
        "spent_number",
        sa.Column("number_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("number_hash", name=op.f("pk_spent_number")),
    )
    op.create_index(op.f("ix_spent_number_expires_at"), "spent_number", ["expires_at"])
    op.add_column("account_session", sa.Column("proved_at", INSTANT, nullable=True))
    with op.batch_alter_table("authenticator") as batch:
        batch.alter_column(
            "secret", existing_type=sa.String(length=64), type_=sa.String(length=255),
            existing_nullable=False,
        )  # fmt: skip
    rewrite(sealed.seal)


def passkeys():
    op.create_table(
        "passkey",
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("credential_id", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("transports", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("last_used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_passkey_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_account_id"), "passkey", ["account_id"])


def identities():
    op.create_table(
        "external_identity",
        sa.Column("id", KEY, nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("last_used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_external_identity_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_external_identity")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_external_identity_issuer_subject")),
        sa.UniqueConstraint(
            "account_id", "issuer", name=op.f("uq_external_identity_account_id_issuer")
        ),
    )


def rewrite(change):
    """Change every secret; what no key in use can open leads nowhere, and goes."""
    connection = op.get_bind()
    table = sa.table("authenticator", sa.column("account_id"), sa.column("secret"))
    for account_id, secret in connection.execute(sa.select(table)).all():
        mine = table.c.account_id == account_id
        if changed := change(secret):
            connection.execute(sa.update(table).where(mine).values(secret=changed))
        else:
            connection.execute(sa.delete(table).where(mine))


def downgrade():
    rewrite(sealed.opened)
    with op.batch_alter_table("authenticator") as batch:
        batch.alter_column(
            "secret", existing_type=sa.String(length=255), type_=sa.String(length=64),
            existing_nullable=False,
        )  # fmt: skip
    op.drop_column("account_session", "proved_at")
    op.drop_table("spent_number")
    op.drop_table("external_identity")
    op.drop_table("passkey")
    # A passkey is no longer asked for; the printed codes that came with it still are.
    op.execute("UPDATE account SET second_step = 'codes' WHERE second_step = 'passkey'")
