"""What writing first takes: see the tables' packages."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    with op.batch_alter_table("arrivals", schema=None) as batch_op:
        batch_op.create_index("ix_arrivals_digest", ["digest"], unique=False)
        batch_op.create_index(
            "ix_arrivals_mended",
            ["mended"],
            unique=False,
            sqlite_where=sa.text("mended IS NOT NULL"),
            postgresql_where=sa.text("mended IS NOT NULL"),
        )
        batch_op.create_index("ix_arrivals_message_id", ["message_id"], unique=False)

    with op.batch_alter_table("canned_answers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("scope", sa.String(length=10), server_default="everyone", nullable=False))
        batch_op.add_column(sa.Column("team_id", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("owner", sa.String(length=40), server_default="", nullable=False))
        batch_op.add_column(sa.Column("used", sa.Integer(), server_default="0", nullable=False))
        batch_op.create_unique_constraint(batch_op.f("uq_canned_answers_owner_key"), ["owner", "key"])

    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.create_index(
            "ix_conversations_assigned",
            ["assignee_id", "status", "handler", "channel_kind", "mood"],
            unique=False,
            sqlite_where=sa.text("assignee_id IS NOT NULL"),
            postgresql_where=sa.text("assignee_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_conversations_at_work",
            [
                "last_at",
                "number",
                "status",
                "handler",
                "priority",
                "waiting_since",
                "queued_at",
                "assignee_id",
                "team_id",
                "channel_id",
                "mood",
                "language",
                "spam",
                "merged_into",
            ],
            unique=False,
            sqlite_where=sa.text("status <> 'closed' AND NOT spam AND merged_into IS NULL"),
            postgresql_where=sa.text("status <> 'closed' AND NOT spam AND merged_into IS NULL"),
        )
        batch_op.create_index(
            "ix_conversations_closed",
            [
                "last_at",
                "number",
                "priority",
                "waiting_since",
                "assignee_id",
                "team_id",
                "channel_id",
                "mood",
                "language",
                "status",
                "merged_into",
            ],
            unique=False,
            sqlite_where=sa.text("status = 'closed' AND merged_into IS NULL"),
            postgresql_where=sa.text("status = 'closed' AND merged_into IS NULL"),
        )
        batch_op.create_index("ix_conversations_last_at", ["last_at"], unique=False)
        batch_op.create_index(
            "ix_conversations_queued",
            ["queued_at"],
            unique=False,
            sqlite_where=sa.text("queued_at IS NOT NULL"),
            postgresql_where=sa.text("queued_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_conversations_slices",
            ["spam", "team_id", "channel_id", "mood", "status", "merged_into"],
            unique=False,
            sqlite_where=sa.text("status <> 'closed' AND NOT spam AND merged_into IS NULL"),
            postgresql_where=sa.text("status <> 'closed' AND NOT spam AND merged_into IS NULL"),
        )

    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("addressing", sa.String(length=10), nullable=True))
        batch_op.create_index(
            "ix_messages_of_agents",
            ["author_id", "place"],
            unique=False,
            sqlite_where=sa.text("author_kind = 'agent'"),
            postgresql_where=sa.text("author_kind = 'agent'"),
        )

    with op.batch_alter_table("scheduled_replies", schema=None) as batch_op:
        batch_op.add_column(sa.Column("canned", sa.Text(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("letter", sa.Text(), nullable=True))

    # Somebody's own may be called like one of all's.
    with op.batch_alter_table("canned_answers", schema=None) as batch_op:
        batch_op.drop_constraint("uq_canned_answers_key", type_="unique")

    # Wider ones do what these did.
    for name in ("status_last_at", "status_priority_last_at", "live_last_at", "live_views", "live_slices"):
        op.drop_index(f"ix_conversations_{name}", "conversations")
    for name in ("assignee_id_status", "queued_at"):
        op.drop_index(f"ix_conversations_{name}", "conversations")
