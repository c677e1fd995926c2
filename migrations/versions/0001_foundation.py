"""The foundation: every table and every uniqueness rule."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consult.models.base import UTCDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = UTCDateTime(timezone=True)
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade():
    op.create_table(
        "account",
        sa.Column("id", sa.String(length=18), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_account_fs_uniquifier")),
    )
    op.create_table(
        "journal_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("consultation_id", sa.String(length=18), nullable=True),
        sa.Column("facts", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entry")),
    )
    op.create_index(
        op.f("ix_journal_entry_consultation_id_id"),
        "journal_entry",
        ["consultation_id", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_journal_entry_subject_id"), "journal_entry", ["subject", "id"], unique=False
    )
    op.create_table(
        "mail",
        sa.Column("id", sa.String(length=18), nullable=False),
        sa.Column("dedup_key", sa.String(length=120), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_at", INSTANT, nullable=True),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("dedup_key", name=op.f("uq_mail_dedup_key")),
    )
    op.create_index(op.f("ix_mail_sent_at"), "mail", ["sent_at"], unique=False)
    op.create_table(
        "organisation",
        sa.Column("id", sa.String(length=18), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name_key", name=op.f("uq_organisation_name_key")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisation_slug")),
    )
    op.create_table(
        "role",
        sa.Column("id", sa.String(length=18), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("name", name=op.f("uq_role_name")),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "territory",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("parent_code", sa.String(length=20), nullable=True),
        sa.Column("time_zone", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_code"], ["territory.code"], name=op.f("fk_territory_parent_code_territory")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_territory")),
    )
    op.create_index(op.f("ix_territory_kind"), "territory", ["kind"], unique=False)
    op.create_index(op.f("ix_territory_parent_code"), "territory", ["parent_code"], unique=False)
    op.create_table(
        "account_role",
        sa.Column("account_id", sa.String(length=18), nullable=False),
        sa.Column("role_id", sa.String(length=18), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_account_role_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["role_id"], ["role.id"], name=op.f("fk_account_role_role_id_role"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "role_id", name=op.f("pk_account_role")),
    )
    op.create_table(
        "account_session",
        sa.Column("id_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=18), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("last_seen_at", INSTANT, nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("user_agent", sa.String(length=200), nullable=False),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_account_session_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_account_session")),
    )
    op.create_index(
        op.f("ix_account_session_account_id"), "account_session", ["account_id"], unique=False
    )
    op.create_table(
        "consultation",
        sa.Column("id", sa.String(length=18), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.String(length=18), nullable=True),
        sa.Column("origin", sa.String(length=200), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("will_decide", sa.Text(), nullable=False),
        sa.Column("will_not_decide", sa.Text(), nullable=False),
        sa.Column("territory_code", sa.String(length=20), nullable=True),
        sa.Column("time_zone", sa.String(length=40), nullable=False),
        sa.Column("opens_at", INSTANT, nullable=True),
        sa.Column("closes_at", INSTANT, nullable=True),
        sa.Column("closed_early_at", INSTANT, nullable=True),
        sa.Column("closed_early_reason", sa.Text(), nullable=False),
        sa.Column("synthesis_at", INSTANT, nullable=True),
        sa.Column("outcome_at", INSTANT, nullable=True),
        sa.Column("published_at", INSTANT, nullable=True),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("access", sa.String(length=10), nullable=False),
        sa.Column("moderation", sa.String(length=10), nullable=False),
        sa.Column("results", sa.String(length=12), nullable=False),
        sa.Column("allows_ideas", sa.Boolean(), nullable=False),
        sa.Column("allows_arguments", sa.Boolean(), nullable=False),
        sa.Column("allows_sources", sa.Boolean(), nullable=False),
        sa.Column("allows_amendments", sa.Boolean(), nullable=False),
        sa.Column("allows_comments", sa.Boolean(), nullable=False),
        sa.Column("contact_name", sa.String(length=200), nullable=False),
        sa.Column("contact_phone", sa.String(length=40), nullable=False),
        sa.Column("follows_id", sa.String(length=18), nullable=True),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("proposals", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "access in ('open', 'email', 'listed')", name=op.f("ck_consultation_access")
        ),
        sa.CheckConstraint(
            "moderation in ('before', 'after')", name=op.f("ck_consultation_moderation")
        ),
        sa.CheckConstraint(
            "results in ('live', 'after_close')", name=op.f("ck_consultation_results")
        ),
        sa.ForeignKeyConstraint(
            ["follows_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_follows_id_consultation"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["account.id"],
            name=op.f("fk_consultation_owner_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["territory_code"],
            ["territory.code"],
            name=op.f("fk_consultation_territory_code_territory"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("origin", name=op.f("uq_consultation_origin")),
        sa.UniqueConstraint("slug", name=op.f("uq_consultation_slug")),
    )
    op.create_index(
        op.f("ix_consultation_follows_id"), "consultation", ["follows_id"], unique=False
    )
    op.create_index(
        op.f("ix_consultation_published_at_id"),
        "consultation",
        ["published_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_consultation_territory_code"), "consultation", ["territory_code"], unique=False
    )
    op.create_table(
        "participant",
        sa.Column("id", sa.String(length=18), nullable=False),
        sa.Column("account_id", sa.String(length=18), nullable=True),
        sa.Column("origin", sa.String(length=200), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_participant_account_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint("account_id", name=op.f("uq_participant_account_id")),
        sa.UniqueConstraint("origin", name=op.f("uq_participant_origin")),
    )
    op.create_table(
        "contribution",
        sa.Column("id", sa.String(length=18), nullable=False),
        sa.Column("consultation_id", sa.String(length=18), nullable=False),
        sa.Column("participant_id", sa.String(length=18), nullable=False),
        sa.Column("tracking_number", sa.String(length=20), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("consent", sa.String(length=40), nullable=False),
        sa.Column("assisted_by_id", sa.String(length=18), nullable=True),
        sa.Column("notify_email", sa.String(length=254), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["assisted_by_id"],
            ["account.id"],
            name=op.f("fk_contribution_assisted_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_contribution_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_contribution_participant_id_participant"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sa.UniqueConstraint(
            "consultation_id",
            "participant_id",
            name=op.f("uq_contribution_consultation_id_participant_id"),
        ),
        sa.UniqueConstraint("tracking_number", name=op.f("uq_contribution_tracking_number")),
    )
    op.create_table(
        "device",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("participant_id", sa.String(length=18), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_device_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_device")),
    )
    op.create_index(op.f("ix_device_participant_id"), "device", ["participant_id"], unique=False)
    op.create_table(
        "document",
        sa.Column("id", sa.String(length=18), nullable=False),
        sa.Column("consultation_id", sa.String(length=18), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_document_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index(
        op.f("ix_document_consultation_id"), "document", ["consultation_id"], unique=False
    )
    op.create_table(
        "draft",
        sa.Column("participant_id", sa.String(length=18), nullable=False),
        sa.Column("target", sa.String(length=60), nullable=False),
        sa.Column("form", JSON, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_draft_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", "target", name=op.f("pk_draft")),
    )
    op.create_table(
        "listed_person",
        sa.Column("consultation_id", sa.String(length=18), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_listed_person_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("consultation_id", "email", name=op.f("pk_listed_person")),
    )
    op.create_table(
        "sign_in_link",
        sa.Column("id", sa.String(length=18), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("participant_id", sa.String(length=18), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_sign_in_link_participant_id_participant"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_link_token_hash")),
    )
    op.create_index(
        op.f("ix_sign_in_link_email_created_at"),
        "sign_in_link",
        ["email", "created_at"],
        unique=False,
    )
    op.create_table(
        "stage",
        sa.Column("id", sa.String(length=18), nullable=False),
        sa.Column("consultation_id", sa.String(length=18), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("phase", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_stage_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage")),
        sa.UniqueConstraint(
            "consultation_id", "position", name=op.f("uq_stage_consultation_id_position")
        ),
    )
    op.create_table(
        "tag",
        sa.Column("consultation_id", sa.String(length=18), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_tag_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("consultation_id", "label", name=op.f("pk_tag")),
    )
    op.create_index(op.f("ix_tag_label"), "tag", ["label"], unique=False)
    op.create_table(
        "theme",
        sa.Column("id", sa.String(length=18), nullable=False),
        sa.Column("consultation_id", sa.String(length=18), nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("introduction", sa.Text(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_theme_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint(
            "consultation_id", "number", name=op.f("uq_theme_consultation_id_number")
        ),
        sa.UniqueConstraint(
            "consultation_id", "origin", name=op.f("uq_theme_consultation_id_origin")
        ),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.String(length=18), nullable=False),
        sa.Column("consultation_id", sa.String(length=18), nullable=False),
        sa.Column("theme_id", sa.String(length=18), nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("easy_wording", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("help", sa.Text(), nullable=False),
        sa.Column("example", sa.Text(), nullable=False),
        sa.Column("options", JSON, nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_question_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_question_theme_id_theme"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint(
            "consultation_id", "origin", name=op.f("uq_question_consultation_id_origin")
        ),
        sa.UniqueConstraint("theme_id", "number", name=op.f("uq_question_theme_id_number")),
    )
    op.create_index(
        op.f("ix_question_consultation_id"), "question", ["consultation_id"], unique=False
    )
    op.create_table(
        "statement",
        sa.Column("id", sa.String(length=18), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("consultation_id", sa.String(length=18), nullable=False),
        sa.Column("theme_id", sa.String(length=18), nullable=True),
        sa.Column("question_id", sa.String(length=18), nullable=True),
        sa.Column("parent_id", sa.String(length=18), nullable=True),
        sa.Column("contribution_id", sa.String(length=18), nullable=True),
        sa.Column("participant_id", sa.String(length=18), nullable=True),
        sa.Column("origin", sa.String(length=200), nullable=True),
        sa.Column("carried_from_id", sa.String(length=18), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("value", JSON, nullable=True),
        sa.Column("side", sa.String(length=8), nullable=True),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("signed_as", sa.String(length=12), nullable=False),
        sa.Column("signature", sa.String(length=200), nullable=False),
        sa.Column("function", sa.String(length=120), nullable=False),
        sa.Column("organisation_id", sa.String(length=18), nullable=True),
        sa.Column("actor_kind", sa.String(length=20), nullable=True),
        sa.Column("territory_code", sa.String(length=20), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("published_at", INSTANT, nullable=True),
        sa.Column("state_reason", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("declared_agree", sa.Integer(), nullable=False),
        sa.Column("declared_mixed", sa.Integer(), nullable=False),
        sa.Column("declared_disagree", sa.Integer(), nullable=False),
        sa.Column("agree", sa.Integer(), nullable=False),
        sa.Column("mixed", sa.Integer(), nullable=False),
        sa.Column("disagree", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(precision=53), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("arguments", sa.Integer(), nullable=False),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("amendments", sa.Integer(), nullable=False),
        sa.Column("replies", sa.Integer(), nullable=False),
        sa.Column("exposures", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'argument') = (side is not null)", name=op.f("ck_statement_side")
        ),
        sa.CheckConstraint(
            "decision in ('accepted', 'refused')", name=op.f("ck_statement_decision")
        ),
        sa.CheckConstraint(
            "kind in ('answer', 'proposal') or parent_id is not null",
            name=op.f("ck_statement_has_parent"),
        ),
        sa.CheckConstraint(
            "kind in ('answer', 'proposal', 'amendment', 'argument', 'source', 'comment')",
            name=op.f("ck_statement_kind"),
        ),
        sa.CheckConstraint(
            "state in ('awaiting', 'pending', 'published', 'to_correct', 'hidden', 'withdrawn')",
            name=op.f("ck_statement_state"),
        ),
        sa.ForeignKeyConstraint(
            ["carried_from_id"],
            ["statement.id"],
            name=op.f("fk_statement_carried_from_id_statement"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_statement_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_statement_contribution_id_contribution"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_statement_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["statement.id"], name=op.f("fk_statement_parent_id_statement")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_statement_participant_id_participant"),
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_statement_question_id_question")
        ),
        sa.ForeignKeyConstraint(
            ["territory_code"],
            ["territory.code"],
            name=op.f("fk_statement_territory_code_territory"),
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_statement_theme_id_theme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint(
            "consultation_id", "origin", name=op.f("uq_statement_consultation_id_origin")
        ),
    )
    op.create_index(
        "ix_statement_consultation_discussed",
        "statement",
        ["consultation_id", "kind", "state", "replies", "id"],
        unique=False,
    )
    op.create_index(
        "ix_statement_consultation_exposed",
        "statement",
        ["consultation_id", "kind", "state", "exposures", "id"],
        unique=False,
    )
    op.create_index(
        "ix_statement_consultation_newest",
        "statement",
        ["consultation_id", "kind", "state", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_statement_consultation_supported",
        "statement",
        ["consultation_id", "kind", "state", "score", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_statement_contribution_id"), "statement", ["contribution_id"], unique=False
    )
    op.create_index(
        op.f("ix_statement_organisation_id"), "statement", ["organisation_id"], unique=False
    )
    op.create_index(
        op.f("ix_statement_parent_id_kind_state_created_at_id"),
        "statement",
        ["parent_id", "kind", "state", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_statement_participant_id"), "statement", ["participant_id"], unique=False
    )
    op.create_index(
        "ix_statement_pending",
        "statement",
        ["consultation_id", "created_at"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        "ix_statement_question_discussed",
        "statement",
        ["question_id", "kind", "state", "replies", "id"],
        unique=False,
    )
    op.create_index(
        "ix_statement_question_exposed",
        "statement",
        ["question_id", "kind", "state", "exposures", "id"],
        unique=False,
    )
    op.create_index(
        "ix_statement_question_newest",
        "statement",
        ["question_id", "kind", "state", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_statement_question_supported",
        "statement",
        ["question_id", "kind", "state", "score", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_statement_territory_code"), "statement", ["territory_code"], unique=False
    )
    op.create_index(
        "ix_statement_theme_newest",
        "statement",
        ["theme_id", "kind", "state", "created_at", "id"],
        unique=False,
    )
    op.create_table(
        "answer_question",
        sa.Column("statement_id", sa.String(length=18), nullable=False),
        sa.Column("question_id", sa.String(length=18), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_answer_question_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f("fk_answer_question_statement_id_statement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("statement_id", "question_id", name=op.f("pk_answer_question")),
    )
    op.create_index(
        op.f("ix_answer_question_question_id"), "answer_question", ["question_id"], unique=False
    )
    op.create_table(
        "outcome",
        sa.Column("id", sa.String(length=18), nullable=False),
        sa.Column("consultation_id", sa.String(length=18), nullable=False),
        sa.Column("statement_id", sa.String(length=18), nullable=True),
        sa.Column("question_id", sa.String(length=18), nullable=True),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("account_id", sa.String(length=18), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "verdict in ('kept', 'partly', 'not_kept', 'answered')", name=op.f("ck_outcome_verdict")
        ),
        sa.CheckConstraint(
            "(statement_id is null) <> (question_id is null)", name=op.f("ck_outcome_one_subject")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_outcome_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_outcome_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_outcome_question_id_question"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f("fk_outcome_statement_id_statement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("question_id", name=op.f("uq_outcome_question_id")),
        sa.UniqueConstraint("statement_id", name=op.f("uq_outcome_statement_id")),
    )
    op.create_index(
        op.f("ix_outcome_consultation_id"), "outcome", ["consultation_id"], unique=False
    )
    op.create_table(
        "revision",
        sa.Column("statement_id", sa.String(length=18), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("value", JSON, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f("fk_revision_statement_id_statement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("statement_id", "version", name=op.f("pk_revision")),
    )
    op.create_table(
        "stance",
        sa.Column("statement_id", sa.String(length=18), nullable=False),
        sa.Column("participant_id", sa.String(length=18), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.CheckConstraint("value in (-1, 0, 1)", name=op.f("ck_stance_value")),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_stance_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f("fk_stance_statement_id_statement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("statement_id", "participant_id", name=op.f("pk_stance")),
    )
    op.create_index(op.f("ix_stance_participant_id"), "stance", ["participant_id"], unique=False)
    op.create_table(
        "submission",
        sa.Column("participant_id", sa.String(length=18), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("statement_id", sa.String(length=18), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_submission_participant_id_participant"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f("fk_submission_statement_id_statement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", "key", name=op.f("pk_submission")),
    )


def downgrade():
    op.drop_table("submission")
    op.drop_table("stance")
    op.drop_table("revision")
    op.drop_table("outcome")
    op.drop_table("answer_question")
    op.drop_table("statement")
    op.drop_table("question")
    op.drop_table("theme")
    op.drop_table("tag")
    op.drop_table("stage")
    op.drop_table("sign_in_link")
    op.drop_table("listed_person")
    op.drop_table("draft")
    op.drop_table("document")
    op.drop_table("device")
    op.drop_table("contribution")
    op.drop_table("participant")
    op.drop_table("consultation")
    op.drop_table("account_session")
    op.drop_table("account_role")
    op.drop_table("territory")
    op.drop_table("setting")
    op.drop_table("role")
    op.drop_table("organisation")
    op.drop_table("mail")
    op.drop_table("journal_entry")
    op.drop_table("account")
