"""What e-mail takes: see the tables' packages."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "arrivals",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("channel_id", sa.String(length=40), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("shape", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=60), server_default="", nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.Column("mended", sa.String(length=64), nullable=True),
        sa.Column("conversation_id", sa.String(length=40), nullable=True),
        sa.Column("message_id", sa.String(length=40), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrivals")),
        sa.UniqueConstraint("channel_id", "digest", name=op.f("uq_arrivals_channel_id_digest")),
    )
    with op.batch_alter_table("arrivals", schema=None) as batch_op:
        batch_op.create_index("ix_arrivals_channel_id_state", ["channel_id", "state"], unique=False)
        batch_op.create_index("ix_arrivals_state_at_id", ["state", "at", "id"], unique=False)

    op.create_table(
        "carried_replies",
        sa.Column("message_id", sa.String(length=40), nullable=False),
        sa.Column("mail_id", sa.String(length=40), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("channel_id", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_carried_replies")),
    )
    with op.batch_alter_table("carried_replies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_carried_replies_mail_id"), ["mail_id"], unique=False)

    op.create_table(
        "channel_health",
        sa.Column("channel_id", sa.String(length=40), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("ok_at", sa.BigInteger(), nullable=True),
        sa.Column("failed_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=60), server_default="", nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.Column("backlog", sa.Integer(), server_default="0", nullable=False),
        sa.Column("left_behind", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "direction", name=op.f("pk_channel_health")),
    )
    op.create_table(
        "listening_leases",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=60), nullable=False),
        sa.Column("leased_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_listening_leases")),
    )
    op.create_table(
        "mail_cursors",
        sa.Column("channel_id", sa.String(length=40), nullable=False),
        sa.Column("folder", sa.String(length=500), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("last_uid", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("adopted", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("floor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("caught_up_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("channel_id", "folder", name=op.f("pk_mail_cursors")),
    )
    op.create_table(
        "mail_follow_ups",
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("next_id", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_mail_follow_ups")),
    )
    op.create_table(
        "mail_holes",
        sa.Column("channel_id", sa.String(length=40), nullable=False),
        sa.Column("folder", sa.String(length=500), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("found_at", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.BigInteger(), nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "folder", "uid", name=op.f("pk_mail_holes")),
    )
    op.create_table(
        "mail_parties",
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "address", name=op.f("pk_mail_parties")),
    )
    op.create_table(
        "mail_references",
        sa.Column("channel_id", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=255), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("said_id", sa.String(length=40), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "reference", name=op.f("pk_mail_references")),
    )
    with op.batch_alter_table("mail_references", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_references_said_id"), ["said_id"], unique=False)

    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("undelivered", sa.String(length=40), nullable=True))

    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index(
            "ix_messages_on_their_way",
            ["delivery"],
            unique=False,
            sqlite_where=sa.text("delivery IN ('queued', 'deferred')"),
            postgresql_where=sa.text("delivery IN ('queued', 'deferred')"),
        )

    # ### end Alembic commands ###
