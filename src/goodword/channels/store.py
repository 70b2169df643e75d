"""Every query on channels."""

import msgspec

from goodword.channels.model import Channel
from goodword.platform.db import Row, Tx
from goodword.platform.errors import NotFound

# Rung when a channel was added or changed.
CHANNELS_BELL = "channels"

INSERT = """
INSERT INTO channels (id, kind, name, key, settings, token_hash, created_at, disabled)
VALUES (:id, :kind, :name, :key, :settings, :token_hash, :created_at, :disabled)
"""
UPDATE = """
UPDATE channels SET name = :name, settings = :settings, token_hash = :token_hash, disabled = :disabled WHERE id = :id
"""


async def insert(tx: Tx, channel: Channel) -> None:
    await tx.run(INSERT, **_columns(channel))
    tx.ring(CHANNELS_BELL)


async def update(tx: Tx, channel: Channel) -> None:
    columns = _columns(channel)
    await tx.run(UPDATE, **{name: columns[name] for name in ("id", "name", "settings", "token_hash", "disabled")})
    tx.ring(CHANNELS_BELL)


async def get(tx: Tx, id: str) -> Channel:
    """``NotFound`` where there is none."""
    return _one(await tx.row("SELECT * FROM channels WHERE id = :id", id=id))


async def by_key(tx: Tx, key: str) -> Channel:
    """The channel that is addressed by its public key. ``NotFound``: none, or switched off."""
    channel = _one(await tx.row("SELECT * FROM channels WHERE key = :key", key=key))
    if channel.disabled:
        raise NotFound("channel")
    return channel


async def all_channels(tx: Tx) -> list[Channel]:
    return [_channel(row) for row in await tx.rows("SELECT * FROM channels ORDER BY created_at, id")]


def _one(row: Row | None) -> Channel:
    if row is None:
        raise NotFound("channel")
    return _channel(row)


def _channel(row: Row) -> Channel:
    return Channel(
        id=row["id"],
        kind=row["kind"],
        name=row["name"],
        key=row["key"],
        settings=msgspec.json.decode(row["settings"]),
        token_hash=row["token_hash"],
        created_at=row["created_at"],
        disabled=bool(row["disabled"]),
    )


def _columns(channel: Channel) -> dict[str, object]:
    return {**msgspec.structs.asdict(channel), "settings": msgspec.json.encode(channel.settings).decode()}
