"""Projects of open calls are moderated like texts: decided about, contested, read by one at a time."""

import sqlalchemy as sa
from alembic import op

from consult.models.base import UTCDateTime, new_id

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

KEY = sa.String(length=18)
INSTANT = UTCDateTime(timezone=True)
ABOUT_ONE = "(statement_id is null) <> (project_id is null)"
STATES = "moderation in ('published', 'pending', 'to_correct', 'hidden')"
QUEUED = "moderation <> 'published'"
TARGETS = {"statement_id": "statement", "project_id": "project", "account_id": "account"}
HIDDEN = (
    "select project.id, project.version, hidden_at, hidden_reason, call_id,"
    " coalesce(own.room_id, asked.room_id) as room_id from project"
    " join open_call on open_call.id = project.call_id"
    " left join territory_moderator own on own.territory_code = project.territory_code"
    " left join territory_moderator asked on asked.territory_code = open_call.territory_code"
    " where hidden_at is not null"
)


def key(table, column):
    target = TARGETS[column]
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE")


def upgrade():
    open_to_projects("decision", unique=True)
    op.create_index(
        op.f("ix_decision_project_id_decided_at"), "decision", ["project_id", "decided_at"]
    )
    open_to_projects("second_reading")
    op.create_index(op.f("ix_second_reading_project_id"), "second_reading", ["project_id"])
    replace("reading", reading_of_both)
    replace("passed_on", passed_on_of_both)
    with op.batch_alter_table("project") as table:
        table.add_column(
            sa.Column(
                "moderation", sa.String(length=12), nullable=False, server_default="published"
            )
        )
        table.add_column(
            sa.Column("moderation_reason", sa.String(length=20), nullable=False, server_default="")
        )
        table.create_check_constraint(op.f("ck_project_moderation"), STATES)
    decide_again()
    with op.batch_alter_table("project") as table:
        table.drop_column("hidden_at")
        table.drop_column("hidden_reason")
    where = sa.text(QUEUED)
    op.create_index(
        "ix_project_queue",
        "project",
        ["moderation", "updated_at", "id"],
        sqlite_where=where,
        postgresql_where=where,
    )


def open_to_projects(name, *, unique=False):
    with op.batch_alter_table(name) as table:
        table.alter_column("statement_id", existing_type=KEY, nullable=True)
        table.add_column(sa.Column("project_id", KEY, nullable=True))
        table.create_foreign_key(
            op.f(f"fk_{name}_project_id_project"),
            "project",
            ["project_id"],
            ["id"],
            ondelete="CASCADE",
        )
        if unique:
            table.create_unique_constraint(
                op.f("uq_decision_batch_id_project_id"), ["batch_id", "project_id"]
            )
        table.create_check_constraint(op.f(f"ck_{name}_about_one"), ABOUT_ONE)


def replace(name, make):
    """Make a table again with the rows that it held."""
    bind = op.get_bind()
    rows = [dict(row) for row in bind.execute(sa.text(f"select * from {name}")).mappings()]
    op.drop_table(name)
    make()
    table = sa.Table(name, sa.MetaData(), autoload_with=bind)
    kept = [{k: v for k, v in row.items() if k in table.c} for row in rows]
    for row in kept:
        if "id" in table.c:
            row["id"] = new_id()
        names = ", ".join(row)
        values = ", ".join(f":{one}" for one in row)
        bind.execute(sa.text(f"insert into {name} ({names}) values ({values})"), row)


def reading_of_both():
    op.create_table(
        "reading",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("statement_id", KEY, nullable=True),
        sa.Column("project_id", KEY, nullable=True),
        sa.Column("until_at", INSTANT, nullable=False),
        sa.CheckConstraint(ABOUT_ONE, name=op.f("ck_reading_about_one")),
        *(key("reading", column) for column in TARGETS),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_reading")),
        sa.UniqueConstraint("statement_id", name=op.f("uq_reading_statement_id")),
        sa.UniqueConstraint("project_id", name=op.f("uq_reading_project_id")),
    )


def reading_of_texts():
    op.create_table(
        "reading",
        sa.Column("statement_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("until_at", INSTANT, nullable=False),
        key("reading", "statement_id"),
        key("reading", "account_id"),
        sa.PrimaryKeyConstraint("statement_id", name=op.f("pk_reading")),
        sa.UniqueConstraint("account_id", name=op.f("uq_reading_account_id")),
    )


def passed_on_of_both():
    op.create_table(
        "passed_on",
        sa.Column("id", KEY, nullable=False),
        sa.Column("statement_id", KEY, nullable=True),
        sa.Column("project_id", KEY, nullable=True),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("passed_at", INSTANT, nullable=False),
        sa.CheckConstraint(ABOUT_ONE, name=op.f("ck_passed_on_about_one")),
        *(key("passed_on", column) for column in TARGETS),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passed_on")),
        sa.UniqueConstraint(
            "statement_id", "account_id", name=op.f("uq_passed_on_statement_id_account_id")
        ),
        sa.UniqueConstraint(
            "project_id", "account_id", name=op.f("uq_passed_on_project_id_account_id")
        ),
    )
    op.create_index(op.f("ix_passed_on_account_id"), "passed_on", ["account_id"])


def passed_on_of_texts():
    op.create_table(
        "passed_on",
        sa.Column("statement_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("passed_at", INSTANT, nullable=False),
        key("passed_on", "statement_id"),
        key("passed_on", "account_id"),
        sa.PrimaryKeyConstraint("statement_id", "account_id", name=op.f("pk_passed_on")),
    )
    op.create_index(op.f("ix_passed_on_account_id"), "passed_on", ["account_id"])


def decide_again():
    """Write the decision behind each hidden project, which its carrier may then contest."""
    bind = op.get_bind()
    for row in bind.execute(sa.text(HIDDEN)).all():
        reason, _line, note = row.hidden_reason.partition("\n")
        account_id, runs = decider(bind, row)
        said = {
            "id": new_id(),
            "project": row.id,
            "version": row.version,
            "reason": reason or "unlawful",
            "note": note,
            "account": account_id,
            "role": "call_officer" if runs else "facilitator",
            "room": row.room_id,
            "at": row.hidden_at,
        }
        bind.execute(
            sa.text(
                "insert into decision (id, batch_id, project_id, version, from_state, from_reason,"
                " to_state, reason, note, account_id, role, room_id, decided_at) values (:id, :id,"
                " :project, :version, 'published', '', 'hidden', :reason, :note, :account, :role,"
                " :room, :at)"
            ),
            said,
        )
        bind.execute(
            sa.text(
                "update project set moderation = 'hidden', moderation_reason = :reason"
                " where id = :project"
            ),
            said,
        )
        bind.execute(
            sa.text(
                "update report set decision_id = :id where project_id = :project"
                " and outcome = 'hidden' and decision_id is null"
            ),
            said,
        )


def decider(bind, row):
    """Return who hid a project, as the journal tells, and whether they run the call."""
    told = sa.text(
        "select account.id, call_officer.account_id as runs from journal_entry"
        " join account on 'account:' || account.id = journal_entry.actor"
        " left join call_officer on call_officer.account_id = account.id"
        " and call_officer.call_id = :call"
        " where act = 'project.hidden' and subject = :subject"
        " order by journal_entry.id desc limit 1"
    )
    found = bind.execute(told, {"call": row.call_id, "subject": f"project:{row.id}"}).first()
    return (found.id, found.runs is not None) if found else (None, False)


def downgrade():
    op.drop_index("ix_project_queue", "project")
    with op.batch_alter_table("project") as table:
        table.add_column(sa.Column("hidden_at", INSTANT, nullable=True))
        table.add_column(sa.Column("hidden_reason", sa.Text(), nullable=False, server_default=""))
    op.execute(
        "update project set hidden_at = updated_at,"
        f" hidden_reason = moderation_reason || '\n' where {QUEUED}"
    )
    last = (
        "from decision where project_id = project.id and undone_at is null"
        " and to_state <> 'published' order by decided_at desc, id desc limit 1"
    )
    op.execute(
        f"update project set hidden_at = (select decided_at {last}),"
        f" hidden_reason = (select reason || '\n' || note {last})"
        f" where {QUEUED} and exists (select 1 {last})"
    )
    with op.batch_alter_table("project") as table:
        table.alter_column("hidden_reason", existing_type=sa.Text(), server_default=None)
        table.drop_constraint(op.f("ck_project_moderation"), type_="check")
        table.drop_column("moderation_reason")
        table.drop_column("moderation")
    for name in ("reading", "passed_on", "second_reading", "decision"):
        op.execute(f"delete from {name} where project_id is not null")
    replace("passed_on", passed_on_of_texts)
    replace("reading", reading_of_texts)
    op.drop_index(op.f("ix_second_reading_project_id"), "second_reading")
    op.drop_index(op.f("ix_decision_project_id_decided_at"), "decision")
    close_to_projects("second_reading")
    close_to_projects("decision", unique=True)


def close_to_projects(name, *, unique=False):
    with op.batch_alter_table(name) as table:
        table.drop_constraint(op.f(f"ck_{name}_about_one"), type_="check")
        if unique:
            table.drop_constraint(op.f("uq_decision_batch_id_project_id"), type_="unique")
        table.drop_constraint(op.f(f"fk_{name}_project_id_project"), type_="foreignkey")
        table.drop_column("project_id")
        table.alter_column("statement_id", existing_type=KEY, nullable=False)
