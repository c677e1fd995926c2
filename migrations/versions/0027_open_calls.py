"""Open calls, their projects and the splits of their envelopes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from consult.models.base import LONG_INTEGER, UTCDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

INSTANT = UTCDateTime(timezone=True)
KEY = sa.String(length=18)
DATA = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def foreign(table, column, to, ondelete=None):
    name = op.f(f"fk_{table}_{column}_{to.split('.')[0]}")
    return sa.ForeignKeyConstraint([column], [to], name=name, ondelete=ondelete)


def check(table, name, condition):
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def required(name, kind):
    return sa.Column(name, kind, nullable=False)


def upgrade():
    calls()
    parts()
    projects()
    reading()
    splits()


def calls():
    op.create_table(
        "open_call",
        required("id", KEY),
        required("slug", sa.String(length=80)),
        required("template", sa.String(length=40)),
        sa.Column("origin", sa.String(length=200), nullable=True),
        sa.Column("owner_id", KEY, nullable=True),
        sa.Column("room_id", KEY, nullable=True),
        required("opened_by", sa.String(length=200)),
        required("title", sa.String(length=200)),
        required("about", sa.Text()),
        required("may_apply", sa.Text()),
        required("audience", sa.Text()),
        sa.Column("territory_code", sa.String(length=20), nullable=True),
        required("time_zone", sa.String(length=40)),
        sa.Column("opens_at", INSTANT, nullable=True),
        sa.Column("closes_at", INSTANT, nullable=True),
        sa.Column("first_closes_at", INSTANT, nullable=True),
        required("extended_reason", sa.Text()),
        sa.Column("published_at", INSTANT, nullable=True),
        sa.Column("cancelled_at", INSTANT, nullable=True),
        required("cancelled_reason", sa.Text()),
        required("rule", sa.String(length=30)),
        required("floor_cents", LONG_INTEGER),
        sa.Column("cap_cents", LONG_INTEGER, nullable=True),
        sa.Column("cap_share", sa.Integer(), nullable=True),
        required("one_per_carrier", sa.Boolean()),
        sa.Column("carrier_cap_cents", LONG_INTEGER, nullable=True),
        required("priorities", sa.JSON()),
        required("conditions", sa.JSON()),
        required("surplus", sa.Text()),
        sa.Column("lines_above_cents", LONG_INTEGER, nullable=True),
        required("needs_two", sa.Boolean()),
        required("fiscal_host", sa.String(length=200)),
        sa.Column("seed", sa.String(length=64), nullable=True),
        sa.Column("terms", DATA, nullable=True),
        sa.Column("terms_digest", sa.String(length=64), nullable=True),
        required("contact_name", sa.String(length=200)),
        required("contact_phone", sa.String(length=40)),
        sa.Column("follows_id", KEY, nullable=True),
        required("search", sa.Text()),
        required("version", sa.Integer()),
        required("created_at", INSTANT),
        required("projects", sa.Integer()),
        check("open_call", "cancelled", "(cancelled_at is null) = (cancelled_reason = '')"),
        check("open_call", "cap", "cap_cents is null or cap_cents > 0"),
        check("open_call", "cap_share", "cap_share is null or cap_share between 1 and 10000"),
        check("open_call", "carrier_cap", "carrier_cap_cents is null or carrier_cap_cents > 0"),
        check("open_call", "closes_after", "closes_at > opens_at"),
        check("open_call", "floor", "floor_cents >= 0"),
        check(
            "open_call",
            "published_is_locked",
            "published_at is null or (seed is not null and terms_digest is not null)",
        ),
        foreign("open_call", "follows_id", "open_call.id", "SET NULL"),
        foreign("open_call", "owner_id", "account.id", "SET NULL"),
        foreign("open_call", "room_id", "room.id", "SET NULL"),
        foreign("open_call", "territory_code", "territory.code", None),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_call")),
        sa.UniqueConstraint("origin", name=op.f("uq_open_call_origin")),
        sa.UniqueConstraint("slug", name=op.f("uq_open_call_slug")),
    )
    op.create_index(op.f("ix_open_call_follows_id"), "open_call", ["follows_id"])
    op.create_index(op.f("ix_open_call_owner_id"), "open_call", ["owner_id"])
    op.create_index(op.f("ix_open_call_published_at_id"), "open_call", ["published_at", "id"])
    op.create_index(op.f("ix_open_call_room_id"), "open_call", ["room_id"])
    op.create_index(op.f("ix_open_call_territory_code"), "open_call", ["territory_code"])
    op.create_table(
        "call_officer",
        required("call_id", KEY),
        required("account_id", KEY),
        required("created_at", INSTANT),
        foreign("call_officer", "account_id", "account.id", "CASCADE"),
        foreign("call_officer", "call_id", "open_call.id", "CASCADE"),
        sa.PrimaryKeyConstraint("call_id", "account_id", name=op.f("pk_call_officer")),
    )
    op.create_index(op.f("ix_call_officer_account_id"), "call_officer", ["account_id"])
    op.create_table(
        "call_invitation",
        required("call_id", KEY),
        required("id", KEY),
        required("email", sa.String(length=254)),
        required("token_hash", sa.String(length=64)),
        sa.Column("invited_by_id", KEY, nullable=True),
        required("created_at", INSTANT),
        required("expires_at", INSTANT),
        sa.Column("used_at", INSTANT, nullable=True),
        foreign("call_invitation", "call_id", "open_call.id", "CASCADE"),
        foreign("call_invitation", "invited_by_id", "account.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_invitation")),
        sa.UniqueConstraint("call_id", "email", name=op.f("uq_call_invitation_call_id_email")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_call_invitation_token_hash")),
    )
    op.create_index(op.f("ix_call_invitation_invited_by_id"), "call_invitation", ["invited_by_id"])
    op.create_table(
        "outside_call",
        required("id", KEY),
        required("funder", sa.String(length=200)),
        required("title", sa.String(length=200)),
        required("about", sa.Text()),
        required("link", sa.String(length=2000)),
        sa.Column("territory_code", sa.String(length=20), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("account_id", KEY, nullable=True),
        required("version", sa.Integer()),
        required("created_at", INSTANT),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        foreign("outside_call", "account_id", "account.id", "SET NULL"),
        foreign("outside_call", "territory_code", "territory.code", None),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_call")),
    )
    op.create_index(op.f("ix_outside_call_account_id"), "outside_call", ["account_id"])
    op.create_index(op.f("ix_outside_call_closes_on_id"), "outside_call", ["closes_on", "id"])
    op.create_index(op.f("ix_outside_call_territory_code"), "outside_call", ["territory_code"])


def parts():
    op.create_table(
        "call_envelope",
        required("id", KEY),
        required("call_id", KEY),
        required("position", sa.Integer()),
        required("funder", sa.String(length=200)),
        required("amount_cents", LONG_INTEGER),
        sa.Column("territory_code", sa.String(length=20), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=True),
        check("call_envelope", "amount", "amount_cents between 0 and 1000000000000000"),
        foreign("call_envelope", "call_id", "open_call.id", "CASCADE"),
        foreign("call_envelope", "territory_code", "territory.code", None),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_envelope")),
        sa.UniqueConstraint("call_id", "position", name=op.f("uq_call_envelope_call_id_position")),
    )
    op.create_index(op.f("ix_call_envelope_territory_code"), "call_envelope", ["territory_code"])
    op.create_table(
        "instalment",
        required("id", KEY),
        required("call_id", KEY),
        required("position", sa.Integer()),
        required("label", sa.String(length=120)),
        required("share", sa.Integer()),
        sa.Column("due_on", sa.Date(), nullable=True),
        required("after_report", sa.Boolean()),
        check("instalment", "share", "share between 1 and 10000"),
        foreign("instalment", "call_id", "open_call.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instalment")),
        sa.UniqueConstraint("call_id", "position", name=op.f("uq_instalment_call_id_position")),
    )
    op.create_table(
        "principle",
        required("id", KEY),
        required("call_id", KEY),
        required("position", sa.Integer()),
        required("title", sa.String(length=200)),
        required("hint", sa.Text()),
        foreign("principle", "call_id", "open_call.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_principle")),
        sa.UniqueConstraint("call_id", "position", name=op.f("uq_principle_call_id_position")),
    )


def projects():
    op.create_table(
        "project",
        required("id", KEY),
        required("call_id", KEY),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("origin", sa.String(length=200), nullable=True),
        required("state", sa.String(length=10)),
        sa.Column("account_id", KEY, nullable=True),
        required("title", sa.String(length=200)),
        required("for_whom", sa.Text()),
        required("what", sa.Text()),
        required("place", sa.String(length=200)),
        sa.Column("territory_code", sa.String(length=20), nullable=True),
        required("group_name", sa.String(length=200)),
        required("asked_cents", LONG_INTEGER),
        sa.Column("cost_cents", LONG_INTEGER, nullable=True),
        required("other_cents", LONG_INTEGER),
        sa.Column("priority", sa.Integer(), nullable=True),
        required("help_wanted", sa.Text()),
        required("help_offered", sa.Text()),
        required("contact_name", sa.String(length=200)),
        required("contact_email", sa.String(length=254)),
        required("contact_phone", sa.String(length=40)),
        required("search", sa.Text()),
        required("version", sa.Integer()),
        required("created_at", INSTANT),
        required("updated_at", INSTANT),
        sa.Column("submitted_at", INSTANT, nullable=True),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        required("withdrawn_reason", sa.Text()),
        sa.Column("hidden_at", INSTANT, nullable=True),
        required("hidden_reason", sa.Text()),
        check("project", "asked", "asked_cents between 0 and 1000000000000000"),
        check("project", "cost", "cost_cents is null or cost_cents >= 0"),
        check("project", "other", "other_cents >= 0"),
        check("project", "sent_has_number", "state <> 'submitted' or number is not null"),
        check("project", "state", "state in ('draft', 'submitted', 'withdrawn')"),
        foreign("project", "account_id", "account.id", "SET NULL"),
        foreign("project", "call_id", "open_call.id", "CASCADE"),
        foreign("project", "territory_code", "territory.code", None),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("call_id", "number", name=op.f("uq_project_call_id_number")),
        sa.UniqueConstraint("call_id", "origin", name=op.f("uq_project_call_id_origin")),
    )
    op.create_index(op.f("ix_project_account_id"), "project", ["account_id"])
    op.create_index(
        op.f("ix_project_call_id_state_number"), "project", ["call_id", "state", "number"]
    )
    op.create_index(op.f("ix_project_territory_code"), "project", ["territory_code"])
    op.create_table(
        "project_carrier",
        required("project_id", KEY),
        required("organisation_id", KEY),
        required("leads", sa.Boolean()),
        sa.Column("once_call_id", KEY, nullable=True),
        check("project_carrier", "once_leads", "once_call_id is null or leads"),
        foreign("project_carrier", "once_call_id", "open_call.id", "CASCADE"),
        foreign("project_carrier", "organisation_id", "organisation.id", "RESTRICT"),
        foreign("project_carrier", "project_id", "project.id", "CASCADE"),
        sa.PrimaryKeyConstraint("project_id", "organisation_id", name=op.f("pk_project_carrier")),
        sa.UniqueConstraint(
            "organisation_id",
            "once_call_id",
            name=op.f("uq_project_carrier_organisation_id_once_call_id"),
        ),
    )
    op.create_index(op.f("ix_project_carrier_once_call_id"), "project_carrier", ["once_call_id"])
    op.create_index(
        "uq_project_carrier_lead",
        "project_carrier",
        ["project_id"],
        unique=True,
        sqlite_where=sa.text("leads"),
        postgresql_where=sa.text("leads"),
    )
    op.create_table(
        "budget_line",
        required("project_id", KEY),
        required("position", sa.Integer()),
        required("side", sa.String(length=6)),
        required("label", sa.String(length=200)),
        required("amount_cents", LONG_INTEGER),
        check("budget_line", "amount", "amount_cents between 0 and 1000000000000000"),
        check("budget_line", "side", "side in ('cost', 'other')"),
        foreign("budget_line", "project_id", "project.id", "CASCADE"),
        sa.PrimaryKeyConstraint("project_id", "position", name=op.f("pk_budget_line")),
    )
    op.create_table(
        "project_file",
        required("id", KEY),
        required("project_id", KEY),
        required("title", sa.String(length=200)),
        required("file_name", sa.String(length=200)),
        required("media_type", sa.String(length=100)),
        required("size", sa.Integer()),
        required("sha256", sa.String(length=64)),
        required("created_at", INSTANT),
        foreign("project_file", "project_id", "project.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_file")),
    )
    op.create_index(op.f("ix_project_file_project_id"), "project_file", ["project_id"])


def reading():
    op.create_table(
        "help_offer",
        required("id", KEY),
        required("project_id", KEY),
        required("participant_id", KEY),
        required("kind", sa.String(length=12)),
        required("body", sa.Text()),
        required("name", sa.String(length=120)),
        required("contact", sa.String(length=254)),
        required("created_at", INSTANT),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        check("help_offer", "kind", "kind in ('equipment', 'room', 'skills', 'other')"),
        foreign("help_offer", "participant_id", "participant.id", None),
        foreign("help_offer", "project_id", "project.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_offer")),
    )
    op.create_index(op.f("ix_help_offer_participant_id"), "help_offer", ["participant_id"])
    op.create_index(
        op.f("ix_help_offer_project_id_created_at"), "help_offer", ["project_id", "created_at"]
    )
    op.create_table(
        "assessment",
        required("project_id", KEY),
        required("principle_id", KEY),
        required("verdict", sa.String(length=12)),
        required("reason", sa.Text()),
        required("fix", sa.Text()),
        required("version", sa.Integer()),
        sa.Column("account_id", KEY, nullable=True),
        required("assessed_at", INSTANT),
        sa.Column("second_verdict", sa.String(length=12), nullable=True),
        required("second_reason", sa.Text()),
        sa.Column("second_id", KEY, nullable=True),
        sa.Column("second_at", INSTANT, nullable=True),
        required("reply", sa.Text()),
        sa.Column("replied_at", INSTANT, nullable=True),
        check("assessment", "another_reader", "second_id is null or second_id <> account_id"),
        check("assessment", "says_why", "verdict = 'yes' or (reason <> '' and fix <> '')"),
        check(
            "assessment",
            "second_verdict",
            "second_verdict is null or second_verdict in ('yes', 'to_complete', 'no')",
        ),
        check("assessment", "verdict", "verdict in ('yes', 'to_complete', 'no')"),
        foreign("assessment", "account_id", "account.id", "SET NULL"),
        foreign("assessment", "principle_id", "principle.id", "CASCADE"),
        foreign("assessment", "project_id", "project.id", "CASCADE"),
        foreign("assessment", "second_id", "account.id", "SET NULL"),
        sa.PrimaryKeyConstraint("project_id", "principle_id", name=op.f("pk_assessment")),
    )
    op.create_index(op.f("ix_assessment_account_id"), "assessment", ["account_id"])
    op.create_index(op.f("ix_assessment_principle_id"), "assessment", ["principle_id"])
    op.create_index(op.f("ix_assessment_second_id"), "assessment", ["second_id"])


def splits():
    op.create_table(
        "split_proposal",
        required("call_id", KEY),
        required("digest", sa.String(length=64)),
        required("reason", sa.Text()),
        required("account_id", KEY),
        required("proposed_at", INSTANT),
        foreign("split_proposal", "account_id", "account.id", "CASCADE"),
        foreign("split_proposal", "call_id", "open_call.id", "CASCADE"),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_split_proposal")),
    )
    op.create_index(op.f("ix_split_proposal_account_id"), "split_proposal", ["account_id"])
    op.create_table(
        "split_decision",
        required("id", KEY),
        required("call_id", KEY),
        required("number", sa.Integer()),
        required("reason", sa.Text()),
        required("rule", sa.String(length=30)),
        required("rule_version", sa.String(length=20)),
        required("envelope_cents", LONG_INTEGER),
        required("asked_cents", LONG_INTEGER),
        required("awarded_cents", LONG_INTEGER),
        required("left_cents", LONG_INTEGER),
        required("projects", sa.Integer()),
        required("record", DATA),
        required("digest", sa.String(length=64)),
        sa.Column("proposed_by_id", KEY, nullable=True),
        sa.Column("published_by_id", KEY, nullable=True),
        required("published_at", INSTANT),
        check("split_decision", "next_has_reason", "number = 1 or reason <> ''"),
        check("split_decision", "number", "number >= 1"),
        check("split_decision", "sum", "awarded_cents + left_cents = envelope_cents"),
        foreign("split_decision", "call_id", "open_call.id", "RESTRICT"),
        foreign("split_decision", "proposed_by_id", "account.id", "SET NULL"),
        foreign("split_decision", "published_by_id", "account.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_split_decision")),
        sa.UniqueConstraint("call_id", "number", name=op.f("uq_split_decision_call_id_number")),
    )
    op.create_index(op.f("ix_split_decision_proposed_by_id"), "split_decision", ["proposed_by_id"])
    op.create_index(
        op.f("ix_split_decision_published_by_id"), "split_decision", ["published_by_id"]
    )
    op.create_table(
        "award",
        required("decision_id", KEY),
        required("project_id", KEY),
        required("envelope_id", KEY),
        required("cents", LONG_INTEGER),
        check("award", "cents", "cents >= 0"),
        foreign("award", "decision_id", "split_decision.id", "CASCADE"),
        foreign("award", "envelope_id", "call_envelope.id", "RESTRICT"),
        foreign("award", "project_id", "project.id", "RESTRICT"),
        sa.PrimaryKeyConstraint("decision_id", "project_id", "envelope_id", name=op.f("pk_award")),
    )
    op.create_index(op.f("ix_award_envelope_id"), "award", ["envelope_id"])
    op.create_index(op.f("ix_award_project_id"), "award", ["project_id"])


def downgrade():
    for table in (
        "award",
        "split_decision",
        "split_proposal",
        "assessment",
        "help_offer",
        "project_file",
        "budget_line",
        "project_carrier",
        "project",
        "principle",
        "instalment",
        "call_envelope",
        "outside_call",
        "call_invitation",
        "call_officer",
        "open_call",
    ):
        op.drop_table(table)
