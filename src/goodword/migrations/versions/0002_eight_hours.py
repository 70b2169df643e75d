"""What eight hours at the desk take: see the tables' packages."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "agent_pauses",
        sa.Column("agent_id", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=True),
        sa.Column("offered_at", sa.BigInteger(), nullable=True),
        sa.Column("last_offered_at", sa.BigInteger(), nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("agent_id", name=op.f("pk_agent_pauses")),
    )
    op.create_table(
        "audit_checks",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_checks")),
    )
    op.create_table(
        "audit_links",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_audit_links")),
        sa.UniqueConstraint("seq", name=op.f("uq_audit_links_seq")),
    )
    op.create_table(
        "automation_doings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("rule_id", sa.String(length=40), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_automation_doings")),
        sa.UniqueConstraint(
            "rule_id", "event_id", "outcome", name=op.f("uq_automation_doings_rule_id_event_id_outcome")
        ),
    )
    with op.batch_alter_table("automation_doings", schema=None) as batch_op:
        batch_op.create_index("ix_automation_doings_conversation_id_at", ["conversation_id", "at"], unique=False)
        batch_op.create_index("ix_automation_doings_rule_id_at", ["rule_id", "at"], unique=False)
        batch_op.create_index("ix_automation_doings_rule_id_id", ["rule_id", "id"], unique=False)

    op.create_table(
        "automation_macros",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scope", sa.String(length=10), nullable=False),
        sa.Column("team_id", sa.String(length=40), nullable=True),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_automation_macros")),
    )
    op.create_table(
        "automation_rules",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=24), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_automation_rules")),
    )
    with op.batch_alter_table("automation_rules", schema=None) as batch_op:
        batch_op.create_index("ix_automation_rules_enabled_event", ["enabled", "event"], unique=False)

    op.create_table(
        "conversation_mentions",
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("agent_id", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "agent_id", name=op.f("pk_conversation_mentions")),
    )
    with op.batch_alter_table("conversation_mentions", schema=None) as batch_op:
        batch_op.create_index("ix_conversation_mentions_agent_id_seen", ["agent_id", "seen"], unique=False)

    op.create_table(
        "conversation_merges",
        sa.Column("source_id", sa.String(length=40), nullable=False),
        sa.Column("target_id", sa.String(length=40), nullable=False),
        sa.Column("unread", sa.Integer(), nullable=False),
        sa.Column("waiting_since", sa.BigInteger(), nullable=True),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("after_seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_conversation_merges")),
    )
    with op.batch_alter_table("conversation_merges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conversation_merges_target_id"), ["target_id"], unique=False)

    op.create_table(
        "fields",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fields")),
        sa.UniqueConstraint("subject", "key", name=op.f("uq_fields_subject_key")),
    )
    op.create_table(
        "intakes",
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("intake", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_intakes")),
    )
    op.create_table(
        "provider_errands",
        sa.Column("state_hash", sa.String(length=64), nullable=False),
        sa.Column("browser_hash", sa.String(length=64), nullable=False),
        sa.Column("errand", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_provider_errands")),
    )
    with op.batch_alter_table("provider_errands", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_provider_errands_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "ratings",
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("closed_seq", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "closed_seq", "kind", name=op.f("pk_ratings")),
    )
    with op.batch_alter_table("ratings", schema=None) as batch_op:
        batch_op.create_index("ix_ratings_at", ["at"], unique=False)

    op.create_table(
        "redactions",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_redactions")),
    )
    op.create_table(
        "roles",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("rights", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles")),
        sa.UniqueConstraint("name", name=op.f("uq_roles_name")),
    )
    op.create_table(
        "routing_places",
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_routing_places")),
    )
    op.create_table(
        "routing_settings",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_settings")),
    )
    op.create_table(
        "saved_views",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("filter", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint("owner_id", "name", name=op.f("uq_saved_views_owner_id_name")),
    )
    op.create_table(
        "scheduled_replies",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("agent_id", sa.String(length=40), nullable=False),
        sa.Column("agent_name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("attachments", sa.Text(), nullable=False),
        sa.Column("send_at", sa.BigInteger(), nullable=False),
        sa.Column("afterwards", sa.String(length=8), nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("only_if_silent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduled_replies")),
    )
    with op.batch_alter_table("scheduled_replies", schema=None) as batch_op:
        batch_op.create_index("ix_scheduled_replies_conversation_id_state", ["conversation_id", "state"], unique=False)

    op.create_table(
        "security",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("two_factor_roles", sa.Text(), server_default="[]", nullable=False),
        sa.Column("provider", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security")),
    )
    op.create_table(
        "side_threads",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("members", sa.Text(), nullable=False),
        sa.Column("closed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_side_threads")),
    )
    with op.batch_alter_table("side_threads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_side_threads_conversation_id"), ["conversation_id"], unique=False)

    op.create_table(
        "agent_duties",
        sa.Column("agent_id", sa.String(length=40), nullable=False),
        sa.Column("skills", sa.Text(), server_default="[]", nullable=False),
        sa.Column("channel_loads", sa.Text(), server_default="{}", nullable=False),
        sa.Column("shifts", sa.Text(), nullable=True),
        sa.Column("extra_until", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_agent_duties_agent_id")),
        sa.PrimaryKeyConstraint("agent_id", name=op.f("pk_agent_duties")),
    )
    op.create_table(
        "agent_identities",
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("agent_id", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_agent_identities_agent_id")),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_agent_identities")),
    )
    with op.batch_alter_table("agent_identities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agent_identities_agent_id"), ["agent_id"], unique=False)

    op.create_table(
        "known_devices",
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("agent_id", sa.String(length=40), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_known_devices_agent_id")),
        sa.PrimaryKeyConstraint("device", "agent_id", name=op.f("pk_known_devices")),
    )
    with op.batch_alter_table("known_devices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_known_devices_agent_id"), ["agent_id"], unique=False)

    op.create_table(
        "recovery_codes",
        sa.Column("agent_id", sa.String(length=40), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_recovery_codes_agent_id")),
        sa.PrimaryKeyConstraint("agent_id", "code_hash", name=op.f("pk_recovery_codes")),
    )
    op.create_table(
        "sign_in_challenges",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("agent_id", sa.String(length=40), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_sign_in_challenges_agent_id")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_sign_in_challenges")),
    )
    with op.batch_alter_table("sign_in_challenges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_challenges_agent_id"), ["agent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_challenges_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "two_factors",
        sa.Column("agent_id", sa.String(length=40), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column("last_step", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_two_factors_agent_id")),
        sa.PrimaryKeyConstraint("agent_id", name=op.f("pk_two_factors")),
    )
    with op.batch_alter_table("agents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("preferences", sa.Text(), server_default="{}", nullable=False))
        batch_op.alter_column(
            "role", existing_type=sa.VARCHAR(length=12), type_=sa.String(length=40), existing_nullable=False
        )

    with op.batch_alter_table("api_tokens", schema=None) as batch_op:
        batch_op.add_column(sa.Column("expires_at", sa.BigInteger(), nullable=True))

    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("priority", sa.SmallInteger(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("fields", sa.Text(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("spam", sa.Boolean(), server_default=sa.text("false"), nullable=False))
        batch_op.add_column(sa.Column("rating", sa.SmallInteger(), nullable=True))
        batch_op.add_column(sa.Column("merged_into", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("scheduled", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("split_from", sa.String(length=40), nullable=True))
        batch_op.create_index(
            "ix_conversations_live_last_at",
            ["last_at"],
            unique=False,
            sqlite_where=sa.text("status <> 'closed' AND NOT spam AND merged_into IS NULL"),
            postgresql_where=sa.text("status <> 'closed' AND NOT spam AND merged_into IS NULL"),
        )
        batch_op.create_index(
            "ix_conversations_live_slices",
            ["team_id", "channel_id", "mood", "status", "spam", "merged_into"],
            unique=False,
            sqlite_where=sa.text("status <> 'closed' AND NOT spam AND merged_into IS NULL"),
            postgresql_where=sa.text("status <> 'closed' AND NOT spam AND merged_into IS NULL"),
        )
        batch_op.create_index(
            "ix_conversations_live_views",
            ["status", "handler", "assignee_id", "queued_at", "spam", "merged_into"],
            unique=False,
            sqlite_where=sa.text("status <> 'closed' AND NOT spam AND merged_into IS NULL"),
            postgresql_where=sa.text("status <> 'closed' AND NOT spam AND merged_into IS NULL"),
        )
        batch_op.create_index(
            "ix_conversations_spam_last_at",
            ["last_at"],
            unique=False,
            sqlite_where=sa.text("spam"),
            postgresql_where=sa.text("spam"),
        )
        batch_op.create_index(
            "ix_conversations_status_priority_last_at", ["status", "priority", "last_at"], unique=False
        )

    with op.batch_alter_table("customers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tier", sa.String(length=10), server_default="standard", nullable=False))
        batch_op.add_column(sa.Column("blocked_at", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("blocked_until", sa.BigInteger(), nullable=True))

    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index("ix_events_type_seq", ["type", "seq"], unique=False)

    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("files", sa.SmallInteger(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("place", sa.BigInteger(), nullable=True))
        batch_op.create_index("ix_messages_place", ["place"], unique=False)

    with op.batch_alter_table("routing_assignments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("team_id", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("reason", sa.String(length=12), server_default="routed", nullable=False))

    with op.batch_alter_table("sign_in_attempts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("device", sa.String(length=64), server_default="", nullable=False))

    with op.batch_alter_table("staff_sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("address", sa.String(length=64), server_default="", nullable=False))
        batch_op.add_column(sa.Column("browser", sa.String(length=200), server_default="", nullable=False))

    with op.batch_alter_table("teams", schema=None) as batch_op:
        batch_op.add_column(sa.Column("strategy", sa.String(length=12), server_default="least_loaded", nullable=False))
        batch_op.add_column(sa.Column("overflow_minutes", sa.Integer(), server_default="10", nullable=True))
        batch_op.add_column(sa.Column("overflow_to", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("any_language", sa.Boolean(), server_default=sa.text("true"), nullable=False))
        batch_op.add_column(sa.Column("shifts", sa.Text(), nullable=True))

    with op.batch_alter_table("visitor_sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("answered_at", sa.BigInteger(), nullable=True))

    # ### end Alembic commands ###

    # What was recorded stays as it was recorded (see ``goodword.platform.audit``): only which transaction wrote it may
    # change, and the content of an event that was entered in ``redactions`` before.
    header = "seq, id, type, at, stream, actor_kind, actor_id, cause, hops"
    refused = (
        ("events_keep_their_header", f"UPDATE OF {header} ON events", ""),
        ("events_keep_their_content", "UPDATE OF actor_name, data ON events", "redactions"),
        ("events_stay", "DELETE ON events", ""),
        ("audit_links_keep", "UPDATE ON audit_links", ""),
        ("audit_links_stay", "DELETE ON audit_links", ""),
        ("redactions_keep", "UPDATE ON redactions", ""),
        ("redactions_stay", "DELETE ON redactions", ""),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION goodword_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION '% can not be changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; "
            "END $$"
        )
        op.execute(
            "CREATE FUNCTION goodword_refuse_unless_redacted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF EXISTS (SELECT 1 FROM redactions WHERE seq = OLD.seq) THEN RETURN NEW; END IF; "
            "RAISE EXCEPTION '% can not be changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; "
            "END $$"
        )
        for name, what, unless in refused:
            function = "goodword_refuse_unless_redacted" if unless else "goodword_refuse"
            op.execute(f"CREATE TRIGGER {name} BEFORE {what} FOR EACH ROW EXECUTE FUNCTION {function}()")
    else:
        for name, what, unless in refused:
            when = f"WHEN NOT EXISTS (SELECT 1 FROM {unless} WHERE seq = OLD.seq) " if unless else ""
            table = what.rpartition(" ")[2]
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {what} FOR EACH ROW {when}"
                f"BEGIN SELECT RAISE(ABORT, '{table} can not be changed'); END"
            )

    # What was said, by its terms: neither table is one that SQLAlchemy knows (see ``conversations/search``).
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_terms"
            " USING fts5(terms, content='', columnsize=0, detail=none, tokenize='ascii')"
        )
    else:
        op.execute("CREATE TABLE search_terms (place BIGINT PRIMARY KEY, terms TSVECTOR NOT NULL)")
        op.execute("CREATE INDEX ix_search_terms_terms ON search_terms USING gin (terms)")
