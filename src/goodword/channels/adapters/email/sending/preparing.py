"""What a mail needs to know of its thread and its files."""

from pathlib import Path

from goodword.channels.adapters.email import store
from goodword.channels.adapters.email.sending.model import Prepared, Quote
from goodword.channels.adapters.email.sending.recipients import are_among, recipients
from goodword.channels.contract import Outbound
from goodword.conversations import letters
from goodword.conversations.model import Message
from goodword.platform.db import Tx


async def prepare(tx: Tx, outbound: Outbound) -> Prepared:
    """See ``Prepares``: the mails of the conversation, the answered one last, and its words.

    What is passed on goes with its own Message-ID, and answers nothing.
    """
    if outbound.forwards is not None:
        own = await store.message_id_of(tx, outbound.channel.id, outbound.forwards.id)
        return Prepared((own,) if own else ())
    references = await store.chain(tx, outbound.channel.id, outbound.conversation_id)
    heard = await _answered(tx, outbound)
    if heard is None or heard.letter is None:
        return Prepared(tuple(references))
    answered = await store.reference_of(tx, outbound.channel.id, heard.id)
    thread = [id for id in references if id != answered]
    name = heard.author.name or outbound.recipient
    quote = None if heard.removed else Quote(heard.text, name, heard.at)
    return Prepared((*thread, *([answered] if answered else [])), quote)


async def _answered(tx: Tx, outbound: Outbound) -> Message | None:
    """What the customer's side wrote last; where an agent chose to whom to write, what one of these wrote last.

    Nobody is shown what somebody else wrote unless the agent passes it on.
    """
    if outbound.message.letter is None and outbound.goes_on is None:
        return await letters.last_words(tx, outbound.conversation_id)
    whom = recipients(outbound).shown
    for heard in await letters.received(tx, outbound.conversation_id):
        if heard.letter and are_among((heard.letter.sender, heard.letter.reply_to), whom):
            return heard
    return None


def contents_of(outbound: Outbound) -> dict[str, bytes]:
    """The bytes of the attachments that lie here. Blocks; ``OSError``: the disk is away."""
    return {id: Path(path).read_bytes() for id, path in outbound.files.items()}
