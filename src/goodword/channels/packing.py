"""What an adapter needs to send a reply, put together."""

import msgspec

from goodword.channels.contract import Outbound, Prepares
from goodword.channels.model import Channel, signing_secret
from goodword.channels.registry import Registry
from goodword.channels.secrets import opened_settings
from goodword.conversations import letters
from goodword.conversations.model import Attachment, Conversation, Letter, Message, Ref
from goodword.customers.model import Identity
from goodword.platform.db import Tx
from goodword.platform.files import FileStore
from goodword.platform.i18n import FALLBACK, ours
from goodword.staff import company_name


class Packing:
    """``company`` and ``language`` stand in where the desk and the conversation have none."""

    def __init__(
        self,
        registry: Registry,
        files: FileStore,
        key: bytes,
        public_url: str,
        company: str = "",
        language: str = FALLBACK,
    ) -> None:
        self._registry = registry
        self._files = files
        self._key = key
        self._public_url = public_url
        self._company = company
        self._language = language

    async def pack(
        self,
        tx: Tx,
        message: Message,
        conversation: Conversation,
        channel: Channel,
        *,
        recipient: str,
        answers: Letter | None,
        at: int,
        goes_on: Letter | None = None,
        subject: str = "",
    ) -> Outbound:
        """``message`` on its way out of ``conversation`` through ``channel``, which may be another than its own."""
        adapter = self._registry.get(channel.kind)
        letter = message.letter
        forwards = await letters.message_by_id(tx, letter.forwards) if letter and letter.forwards else None
        carried = (*message.attachments, *(forwards.attachments if forwards else ()))
        opened = opened_settings(channel, adapter.manifest, self._key)
        outbound = Outbound(
            message=message,
            channel=msgspec.structs.replace(channel, settings=opened),
            conversation_id=conversation.id,
            number=conversation.number,
            thread=conversation.thread,
            recipient=recipient,
            secret=signing_secret(self._key, channel.id),
            at=at,
            public_url=self._public_url,
            subject=subject or conversation.subject,
            language=self.language_of(conversation),
            company=await self.company(tx),
            answers=answers,
            goes_on=goes_on,
            forwards=forwards,
            agent=_agent(message),
            files={file.id: self._files.path(file.id) for file in carried if _is_stored(file)},
        )
        if isinstance(adapter, Prepares):
            return msgspec.structs.replace(outbound, prepared=await adapter.prepare(tx, outbound))
        return outbound

    async def company(self, tx: Tx) -> str:
        return await company_name(tx, self._company)

    def language_of(self, conversation: Conversation) -> str:
        return ours(conversation.language) or self._language


def address_of(identity: Identity, answers: Letter | None) -> str:
    """Where mail reaches somebody: where his newest letter wants to be answered, else at the address we know of.

    Empty where there is none.
    """
    parties = (answers.reply_to, answers.sender) if answers else ()
    written = next((party.address for party in parties if party and party.address), "")
    return written or identity.email or (identity.value if identity.kind == "email" else "")


def _agent(message: Message) -> Ref | None:
    author = message.author
    return Ref(author.id, author.name) if author.kind == "agent" and author.id else None


def _is_stored(file: Attachment) -> bool:
    return file.id.startswith("fil_")
