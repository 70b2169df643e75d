"""A chat goes on by mail: replies that their visitor has not fetched are put into one mail."""

from collections.abc import Sequence

from goodword.channels import carrying_on as carrying
from goodword.channels.packing import address_of
from goodword.channels.restraint import restraint
from goodword.conversations import letters
from goodword.conversations import store as conversations
from goodword.conversations.model import Conversation, Message
from goodword.customers.store import get_identity
from goodword.platform.db import Row, Tx
from goodword.platform.events import Stamp


async def carry_on(tx: Tx, stamp: Stamp, conversation_id: str) -> None:
    """Nothing happens where everything was fetched, where nobody knows an address, and where no mailbox does it.

    Whoever wrote a mail last is answered at once, by the assistant too; to a visitor only what people said is carried
    after him, when he hasn't come for it for a while. Which replies are in which mail is settled here, once: it may
    have to be sent more often.
    """
    conversation = await conversations.hold(tx, conversation_id)
    heard = await letters.last_words(tx, conversation_id)
    replies = await _to_carry(tx, conversation, heard)
    if not replies or conversation.spam:
        return
    due = stamp.at if _wrote_a_letter(heard) else int(replies[0]["at"]) + carrying.PATIENCE
    if stamp.at < due:
        await carrying.look_again(tx, conversation_id, due)
        return
    mailbox = await carrying.mailbox_for_chats(tx)
    identity = await get_identity(tx, conversation.identity_id)
    if mailbox and address_of(identity, heard.letter if heard else None):
        await carrying.keep(tx, conversation_id, mailbox.id, [row["id"] for row in replies], stamp.at)


async def _to_carry(tx: Tx, conversation: Conversation, heard: Message | None) -> Sequence[Row]:
    waiting = await carrying.uncarried(tx, await letters.unfetched(tx, conversation.id))
    people = [row for row in waiting if row["author_kind"] == "agent"]
    if not _wrote_a_letter(heard):
        return people
    return [row for row in waiting if row in people or await _may_be_said(tx, conversation, heard, row)]


async def _may_be_said(tx: Tx, conversation: Conversation, heard: Message | None, row: Row) -> bool:
    """Of what the assistant said, what answers the letter and not the chat before it."""
    assert heard is not None
    later = int(row["at"]) >= heard.at
    return later and not await restraint(tx, conversation, heard, int(row["at"]), int(row["seq"]))


def _wrote_a_letter(heard: Message | None) -> bool:
    return heard is not None and heard.letter is not None
