"""The customer panel: who he is, what he bought, what else he wrote."""

import msgspec

from goodword.conversations import store
from goodword.conversations.model import Numbered
from goodword.customers import Card, card_of
from goodword.platform.db import Row, Tx


class OtherConversation(msgspec.Struct, frozen=True):
    """``merged_into``: the one of his in which it goes on."""

    id: str
    number: int
    status: str
    last_at: int
    preview: str
    rating: int | None
    merged_into: Numbered | None


class Person(Card, frozen=True):
    """His card, with his conversations, newest first."""

    conversations: tuple[OtherConversation, ...]


async def person(tx: Tx, customer_id: str) -> Person:
    """``NotFound`` where there is none."""
    card = await card_of(tx, customer_id)
    rows = await store.of_customer(tx, card.id)
    numbered = {row["id"]: Numbered(row["id"], row["number"]) for row in rows}
    others = tuple(_other(row, numbered.get(row["merged_into"])) for row in rows)
    return Person(**{name: getattr(card, name) for name in Card.__struct_fields__}, conversations=others)


def _other(row: Row, merged_into: Numbered | None) -> OtherConversation:
    return OtherConversation(
        row["id"], row["number"], row["status"], row["last_at"], row["preview_text"], row["rating"], merged_into
    )
