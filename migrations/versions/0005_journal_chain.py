"""The chain of the journal: what waits for its seal, the seals, the heads published each day."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consult.domain import chain
from consult.models.base import UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANT = UTCDateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
HASH = sa.String(length=64)
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
ONLY_GROW = ("journal_seal", "journal_head")
FILLED_AT_ONCE = 1000


def upgrade():
    op.add_column("journal_entry", sa.Column("mark", HASH, nullable=True))
    op.create_index(op.f("ix_journal_entry_mark"), "journal_entry", ["mark"], unique=True)
    op.create_table(
        "journal_waiting",
        sa.Column("entry_id", NUMBER, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["journal_entry.id"],
            name=op.f("fk_journal_waiting_entry_id_journal_entry"),
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_journal_waiting")),
    )
    seals = op.create_table(
        "journal_seal",
        sa.Column("position", NUMBER, autoincrement=False, nullable=False),
        sa.Column("entry_id", NUMBER, nullable=False),
        sa.Column("hash", HASH, nullable=False),
        sa.Column("sealed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["journal_entry.id"], name=op.f("fk_journal_seal_entry_id_journal_entry")
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_journal_seal")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_journal_seal_entry_id")),
    )
    op.create_table(
        "journal_head",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("position", NUMBER, nullable=False),
        sa.Column("hash", HASH, nullable=False),
        sa.Column("published_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_journal_head")),
    )
    seal_what_is_there(op.get_bind(), seals)
    if op.get_bind().dialect.name == "sqlite":
        triggers_sqlite()
    else:
        triggers_postgresql()


def seal_what_is_there(connection, seals):
    """Chain the entries written before the chain was, as they stand."""
    entries = sa.table(
        "journal_entry",
        sa.column("id", NUMBER),
        sa.column("at", INSTANT),
        *(sa.column(name, sa.Text()) for name in ("actor", "act", "subject", "consultation_id")),
        sa.column("facts", JSON),
        sa.column("mark", HASH),
    )
    position, head, last = 0, chain.GENESIS, -(2**62)
    while rows := (
        connection.execute(
            sa.select(entries).where(entries.c.id > last).order_by("id").limit(FILLED_AT_ONCE)
        )
        .mappings()
        .all()
    ):
        made = []
        for row in rows:
            position += 1
            head, last = chain.link(head, position, row), row["id"]
            made.append(
                {"position": position, "entry_id": last, "hash": head, "sealed_at": row["at"]}
            )
        connection.execute(seals.insert(), made)


def triggers_sqlite():
    op.execute(
        "CREATE TRIGGER journal_added AFTER INSERT ON journal_entry BEGIN "
        "INSERT INTO journal_waiting (entry_id) VALUES (NEW.id); END"
    )
    for table in ONLY_GROW:
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END"
            )


def triggers_postgresql():
    op.execute(
        "CREATE FUNCTION on_journal_added() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN "
        "INSERT INTO journal_waiting (entry_id) VALUES (NEW.id); RETURN NULL; END $body$"
    )
    op.execute(
        "CREATE TRIGGER journal_added AFTER INSERT ON journal_entry "
        "FOR EACH ROW EXECUTE FUNCTION on_journal_added()"
    )
    for table in ONLY_GROW:
        op.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION on_journal()"
        )
    for table in ("journal_entry", *ONLY_GROW):
        op.execute(
            f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION on_journal()"
        )


def downgrade():
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER journal_added")
    else:
        op.execute("DROP TRIGGER journal_added ON journal_entry")
        op.execute("DROP TRIGGER journal_entry_not_emptied ON journal_entry")
        op.execute("DROP FUNCTION on_journal_added()")
    for table in ("journal_head", "journal_seal", "journal_waiting"):
        op.drop_table(table)
    op.drop_index(op.f("ix_journal_entry_mark"), table_name="journal_entry")
    op.drop_column("journal_entry", "mark")
