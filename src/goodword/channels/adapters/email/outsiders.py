"""Who has to do with a conversation only because it was passed on to somebody."""

from collections.abc import Iterable

from goodword.conversations import letters
from goodword.conversations import store as conversations
from goodword.conversations.addressing import folded
from goodword.conversations.model import Letter, Party
from goodword.customers import get_identity, identities_of
from goodword.platform.db import Tx


async def is_outsider(tx: Tx, conversation_id: str, sender: str) -> bool:
    """Whether ``sender`` (folded) is no part of the customer's side, by what was written there so far.

    Before it is passed on to anybody everyone is who has found the way into it. From then on only these are: the
    customer, by any address of his; whom the letters of his side name; and whom an agent has written to otherwise
    than by passing something on.
    """
    if not await letters.addressed_otherwise(tx, conversation_id, "forwarded"):
        return False
    return sender not in await _insiders(tx, conversation_id)


async def _insiders(tx: Tx, conversation_id: str) -> set[str]:
    conversation = await conversations.get(tx, conversation_id)
    owner = await get_identity(tx, conversation.identity_id)
    his = [one.value for one in await identities_of(tx, owner.customer_id) if one.kind == "email"]
    named: set[str] = {folded(address) for address in his}
    for said in await letters.addressed_otherwise(tx, conversation_id, "addressed"):
        named |= _named(said.letter)
    for heard in await letters.from_his_side(tx, conversation_id):
        named |= _named(heard.letter)
    return named - {""}


def _named(letter: Letter | None) -> set[str]:
    if letter is None:
        return set()
    parties: Iterable[Party | None] = (letter.sender, letter.reply_to, *letter.to, *letter.cc, *letter.bcc)
    return {folded(party.address) for party in parties if party is not None}
