"""What a mail needs to know of its thread and its files."""

from pathlib import Path

from goodword.channels.adapters.email import store
from goodword.channels.adapters.email.sending.model import Prepared, Quote
from goodword.channels.contract import Outbound
from goodword.conversations import letters
from goodword.platform.db import Tx


async def prepare(tx: Tx, outbound: Outbound) -> Prepared:
    """See ``Prepares``: the mails of the conversation, the answered one last, and its words."""
    references = await store.chain(tx, outbound.channel.id, outbound.conversation_id)
    heard = await letters.last_words(tx, outbound.conversation_id)
    if heard is None or heard.letter is None:
        return Prepared(tuple(references))
    answered = await store.reference_of(tx, outbound.channel.id, heard.id)
    thread = [id for id in references if id != answered]
    name = heard.author.name or outbound.recipient
    return Prepared((*thread, *([answered] if answered else [])), Quote(heard.text, name, heard.at))


def contents_of(outbound: Outbound) -> dict[str, bytes]:
    """The bytes of the attachments that lie here. Blocks; ``OSError``: the disk is away."""
    return {id: Path(path).read_bytes() for id, path in outbound.files.items()}
