"""The customer panel: who he is, what he bought, what else he wrote."""

import msgspec

from goodword.conversations import store
from goodword.customers import Card, card_of
from goodword.platform.db import Tx


class OtherConversation(msgspec.Struct, frozen=True):
    id: str
    number: int
    status: str
    last_at: int
    preview: str


class Person(Card, frozen=True):
    """His card, with his conversations, newest first."""

    conversations: tuple[OtherConversation, ...]


async def person(tx: Tx, customer_id: str) -> Person:
    """``NotFound`` where there is none."""
    card = await card_of(tx, customer_id)
    others = tuple(
        OtherConversation(row["id"], row["number"], row["status"], row["last_at"], row["preview_text"])
        for row in await store.of_customer(tx, card.id)
    )
    return Person(**{name: getattr(card, name) for name in Card.__struct_fields__}, conversations=others)
