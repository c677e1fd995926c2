"""Payments of what projects were awarded, help in kind, reports of what was done."""

import sqlalchemy as sa
from alembic import op

from consult.models.base import LONG_INTEGER, UTCDateTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

INSTANT = UTCDateTime(timezone=True)
KEY = sa.String(length=18)
SEALED = sa.String(length=255)


def foreign(table, column, to, ondelete):
    name = op.f(f"fk_{table}_{column}_{to.split('.')[0]}")
    return sa.ForeignKeyConstraint([column], [to], name=name, ondelete=ondelete)


def check(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def required(name, kind):
    return sa.Column(name, kind, nullable=False)


def optional(name, kind):
    return sa.Column(name, kind, nullable=True)


def primary(table, *columns):
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def upgrade():
    accounts()
    payments()
    afterwards()


def accounts():
    op.create_table(
        "bank_details",
        required("project_id", KEY),
        required("holder", SEALED),
        required("iban", SEALED),
        required("bic", SEALED),
        optional("account_id", KEY),
        required("given_at", INSTANT),
        foreign("bank_details", "project_id", "project.id", "CASCADE"),
        foreign("bank_details", "account_id", "account.id", "SET NULL"),
        primary("bank_details", "project_id"),
    )
    op.create_index(op.f("ix_bank_details_account_id"), "bank_details", ["account_id"])
    op.create_table(
        "paying_account",
        required("call_id", KEY),
        required("holder", SEALED),
        required("iban", SEALED),
        required("bic", SEALED),
        required("given_at", INSTANT),
        foreign("paying_account", "call_id", "open_call.id", "CASCADE"),
        primary("paying_account", "call_id"),
    )


def payments():
    op.create_table(
        "payment_file",
        required("id", KEY),
        required("call_id", KEY),
        required("digest", sa.String(length=64)),
        required("payments", sa.Integer()),
        required("total_cents", LONG_INTEGER),
        required("content", sa.Text()),
        required("made_at", INSTANT),
        optional("cancelled_at", INSTANT),
        check("payment_file", "payments", "payments >= 1"),
        check("payment_file", "total", "total_cents >= 1"),
        foreign("payment_file", "call_id", "open_call.id", "RESTRICT"),
        primary("payment_file", "id"),
    )
    op.create_index(op.f("ix_payment_file_call_id"), "payment_file", ["call_id"])
    returned = "(state = 'returned') = (returned_on is not null and reason <> '')"
    op.create_table(
        "payment",
        required("id", KEY),
        required("call_id", KEY),
        required("decision_id", KEY),
        required("project_id", KEY),
        required("envelope_id", KEY),
        required("position", sa.Integer()),
        required("amount_cents", LONG_INTEGER),
        optional("due_on", sa.Date()),
        required("after_report", sa.Boolean()),
        required("state", sa.String(length=8)),
        required("end_to_end", sa.String(length=35)),
        optional("file_id", KEY),
        required("target", sa.String(length=64)),
        optional("paid_on", sa.Date()),
        required("reference", sa.String(length=140)),
        optional("returned_on", sa.Date()),
        required("reason", sa.String(length=300)),
        required("created_at", INSTANT),
        check("payment", "amount", "amount_cents between 1 and 1000000000000000"),
        check("payment", "open_in_no_file", "state <> 'to_pay' or file_id is null"),
        check("payment", "paid_on", "state <> 'paid' or paid_on is not null"),
        check("payment", "returned", returned),
        check("payment", "sent_in_a_file", "state <> 'sent' or file_id is not null"),
        check("payment", "state", "state in ('to_pay', 'sent', 'paid', 'returned')"),
        foreign("payment", "call_id", "open_call.id", "RESTRICT"),
        foreign("payment", "decision_id", "split_decision.id", "RESTRICT"),
        foreign("payment", "envelope_id", "call_envelope.id", "RESTRICT"),
        foreign("payment", "file_id", "payment_file.id", "RESTRICT"),
        foreign("payment", "project_id", "project.id", "RESTRICT"),
        primary("payment", "id"),
        sa.UniqueConstraint("end_to_end", name=op.f("uq_payment_end_to_end")),
    )
    for column in ("decision_id", "envelope_id", "file_id"):
        op.create_index(op.f(f"ix_payment_{column}"), "payment", [column])
    op.create_index(
        op.f("ix_payment_call_id_state_due_on"), "payment", ["call_id", "state", "due_on"]
    )
    op.create_index(
        "uq_payment_open",
        "payment",
        ["project_id", "envelope_id", "position"],
        unique=True,
        sqlite_where=sa.text("state = 'to_pay'"),
        postgresql_where=sa.text("state = 'to_pay'"),
    )


def afterwards():
    ends = "ends_on is null or begins_on is null or ends_on >= begins_on"
    op.create_table(
        "award_in_kind",
        required("id", KEY),
        required("project_id", KEY),
        required("kind", sa.String(length=12)),
        required("what", sa.String(length=200)),
        required("quantity", sa.Integer()),
        optional("begins_on", sa.Date()),
        optional("ends_on", sa.Date()),
        optional("given_back_on", sa.Date()),
        required("created_at", INSTANT),
        check("award_in_kind", "ends_after", ends),
        check("award_in_kind", "given_back", "given_back_on is null or kind = 'equipment'"),
        check("award_in_kind", "kind", "kind in ('equipment', 'room', 'training', 'other')"),
        check("award_in_kind", "quantity", "quantity between 1 and 1000000"),
        foreign("award_in_kind", "project_id", "project.id", "CASCADE"),
        primary("award_in_kind", "id"),
    )
    op.create_index(op.f("ix_award_in_kind_project_id"), "award_in_kind", ["project_id"])
    op.create_table(
        "project_report",
        required("project_id", KEY),
        required("done", sa.Text()),
        optional("spent_cents", LONG_INTEGER),
        optional("people", sa.Integer()),
        optional("photo", KEY),
        required("photo_shows", sa.String(length=200)),
        required("version", sa.Integer()),
        required("updated_at", INSTANT),
        optional("published_at", INSTANT),
        check("project_report", "done", "done <> ''"),
        check("project_report", "people", "people is null or people >= 0"),
        check("project_report", "photo_shows", "photo is null or photo_shows <> ''"),
        check("project_report", "spent", "spent_cents is null or spent_cents >= 0"),
        foreign("project_report", "project_id", "project.id", "CASCADE"),
        primary("project_report", "project_id"),
    )


def downgrade():
    for table in (
        "project_report",
        "award_in_kind",
        "payment",
        "payment_file",
        "paying_account",
        "bank_details",
    ):
        op.drop_table(table)
