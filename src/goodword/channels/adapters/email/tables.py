"""How far mailboxes have been fetched."""

from sqlalchemy import BigInteger, Column, Integer, String, Table, Text

from goodword.platform.db import metadata

# How far a folder on a mail server has been fetched; see ``fetching.cursor.Cursor``.
mail_cursors = Table(
    "mail_cursors",
    metadata,
    Column("channel_id", String(40), primary_key=True),
    Column("folder", String(500), primary_key=True),
    Column("account", Text, nullable=False),
    Column("uidvalidity", BigInteger, nullable=False, server_default="0"),
    Column("last_uid", BigInteger, nullable=False, server_default="0"),
    Column("since", BigInteger, nullable=False),
    Column("adopted", BigInteger, nullable=False, server_default="0"),
    Column("floor", BigInteger, nullable=False, server_default="0"),
    Column("caught_up_at", BigInteger),
)

# Mails that the server wouldn't hand over; those behind them were fetched, these are asked for again.
mail_holes = Table(
    "mail_holes",
    metadata,
    Column("channel_id", String(40), primary_key=True),
    Column("folder", String(500), primary_key=True),
    Column("uid", BigInteger, primary_key=True),
    Column("found_at", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("retry_at", BigInteger, nullable=False),
    Column("detail", Text, nullable=False, server_default=""),
)

# Where mails of others belong: those that came in (``said_id`` is the message), and those that were only referred to.
mail_references = Table(
    "mail_references",
    metadata,
    Column("channel_id", String(40), primary_key=True),
    Column("reference", String(255), primary_key=True),
    Column("conversation_id", String(40), nullable=False),
    Column("said_id", String(40), index=True),
    Column("at", BigInteger, nullable=False),
)

# Who wrote to a conversation by mail, or was written to.
mail_parties = Table(
    "mail_parties",
    metadata,
    Column("conversation_id", String(40), primary_key=True),
    Column("address", String(254), primary_key=True),
)

# In which conversation one goes on that had been closed for too long when it was answered.
mail_follow_ups = Table(
    "mail_follow_ups",
    metadata,
    Column("conversation_id", String(40), primary_key=True),
    Column("next_id", String(40), nullable=False),
)
