"""Replies go out: each is handed to its channel until the other side has it, or has said no for good."""

from collections import Counter

import msgspec
import structlog

from goodword.channels import carrying_on, store
from goodword.channels.actions.carry_on import carry_on
from goodword.channels.contract import Outbound, Receipt
from goodword.channels.keeper import Keeper
from goodword.channels.packing import Packing, address_of
from goodword.channels.registry import Registry
from goodword.channels.restraint import restraint
from goodword.channels.settling import Going, put_off, write_deferred, write_delivered, write_failed, write_refused
from goodword.conversations import Conversation, letters
from goodword.conversations import store as conversations
from goodword.conversations.events import ReplyQueued, ReplyRequeued
from goodword.conversations.model import Message
from goodword.customers.store import get_identity
from goodword.platform.clock import HOUR, SECOND
from goodword.platform.db import Row, Tx
from goodword.platform.errors import CallerError, Rejected, Unreachable
from goodword.platform.events import SYSTEM, Stamp, by_seq
from goodword.platform.files import FileStore
from goodword.platform.http import Outgoing
from goodword.platform.i18n import text
from goodword.platform.jobs import MOST_ATTEMPTS, Run, pause_before
from goodword.platform.settings import Settings

log = structlog.get_logger(__name__)

# Of one channel: where the other side hangs, its replies must not take the place of everyone else's jobs.
MOST_AT_ONCE = 4


class Reply(msgspec.Struct, frozen=True):
    """One that is to go out; ``anew``: a person has it sent once more."""

    message: Message
    row: Row
    conversation: Conversation
    anew: bool


class Delivery:
    """The subscriber to ``ReplyQueued`` and ``ReplyRequeued``."""

    def __init__(
        self, registry: Registry, outgoing: Outgoing, key: bytes, settings: Settings, files: FileStore
    ) -> None:
        self._registry = registry
        self.outgoing = outgoing
        self._key = key
        self._packing = Packing(registry, files, key, settings.public_url, settings.company, settings.language)
        self._under_way: Counter[str] = Counter()

    async def deliver(self, run: Run) -> None:
        """Where replies are fetched there is only to see that somebody does; whoever hands them over marks them."""
        reply = await run.database.read(_reply, run.job.payload["seq"])
        kind = reply.conversation.channel.kind
        if not self._registry.able(kind, "pull"):
            await self._go(run, await self._packed_or_given_up(run, reply))
        elif self._registry.able(kind, "live"):
            await run.finish(_see_that_it_is_fetched, reply, run.clock.now())

    async def carry_on(self, run: Run) -> None:
        """The job ``CARRY_ON``: replies that a visitor hasn't fetched go after him."""
        await run.finish(carry_on, _stamp(run), run.job.payload["conversation_id"])

    async def send_carried(self, run: Run) -> None:
        """The job ``SEND_CARRIED``."""
        await self._go(run, await run.database.read(self._packed_as_one, run.job.payload["mail_id"], run.clock.now()))

    async def _go(self, run: Run, going: Going | None) -> None:
        if going is None:
            return
        if going.outbound is None:
            await run.finish(write_refused, _stamp(run), going)
            return
        channel = going.outbound.channel
        if self._under_way[channel.id] >= MOST_AT_ONCE:
            await run.finish(put_off, run.job, going.outbound.message.id, run.clock.now())
            return
        self._under_way[channel.id] += 1
        try:
            await self._hand_over(run, going, going.outbound)
        finally:
            self._under_way[channel.id] -= 1

    async def _hand_over(self, run: Run, going: Going, outbound: Outbound) -> None:
        try:
            receipt = await self._sent(outbound)
        except Rejected as no:
            await run.finish(write_failed, _stamp(run), going, no, None)
        except Unreachable as away:
            await self._try_again(run, _stamp(run), going, outbound, away)
        else:
            if receipt:
                await run.finish(write_delivered, _stamp(run), going, outbound, receipt)
            if receipt and receipt.secrets:
                await Keeper(run.database, self._registry, self._key)(outbound.channel.id, receipt.secrets)

    async def _sent(self, outbound: Outbound) -> Receipt | None:
        """Whatever goes wrong goes wrong with the other side's errors: a reply must not be forgotten over a mistake."""
        try:
            return await self._registry.get(outbound.channel.kind).send(outbound, self.outgoing)
        except (Rejected, Unreachable):
            raise
        except Exception as error:
            log.exception("channels.cannot_send", channel=outbound.channel.id, message=outbound.message.id)
            raise Unreachable("broken") from error

    async def _try_again(self, run: Run, stamp: Stamp, going: Going, outbound: Outbound, away: Unreachable) -> None:
        """Later and later, until the channel's patience is over: then a person decides."""
        since, tries = run.job.payload.get("since", stamp.at), run.job.payload.get("tries", 0) + 1
        asked = int((away.retry_after or 0.0) * SECOND)
        at = stamp.at + max(asked, pause_before(tries))
        patience = self._registry.get(outbound.channel.kind).manifest.limits.patience * HOUR
        if at > since + patience:
            await run.finish(write_failed, stamp, going, away, None)
            return
        job = msgspec.structs.replace(run.job, payload={**run.job.payload, "since": since, "tries": tries})
        await run.finish(write_deferred, stamp, going, outbound, away, at, job)

    async def _packed_or_given_up(self, run: Run, reply: Reply) -> Going | None:
        """What can't even be put together must not look as if it were on its way for ever."""
        try:
            return await run.database.read(self._packed, reply, run.clock.now())
        except Exception as error:
            if run.job.attempts < MOST_ATTEMPTS and not isinstance(error, CallerError):
                raise
            log.exception("channels.cannot_pack", message=reply.message.id)
            return Going(reply.conversation.id, (reply.message.id,), refusal="broken")

    async def _packed(self, tx: Tx, reply: Reply, now: int) -> Going | None:
        message, conversation = reply.message, reply.conversation
        if reply.row["delivery"] not in ("queued", "deferred"):
            return None
        going = Going(conversation.id, (message.id,))
        channel = await store.get(tx, conversation.channel.id)
        identity = await get_identity(tx, conversation.identity_id)
        heard = await letters.last_words(tx, conversation.id)
        answers = heard.letter if heard else None
        recipient, goes_on = identity.value, None
        if self._registry.able(channel.kind, "letters"):
            goes_on = await letters.last_addressing(tx, conversation.id, int(reply.row["seq"]))
            chosen = message.letter or goes_on
            recipient = chosen.to[0].address if chosen else address_of(identity, answers)
            if refusal := await _refusal(tx, reply, recipient):
                return msgspec.structs.replace(going, refusal=refusal)
        outbound = await self._packing.pack(
            tx, message, conversation, channel, recipient=recipient, answers=answers, goes_on=goes_on, at=now
        )
        return msgspec.structs.replace(going, outbound=outbound)

    async def _packed_as_one(self, tx: Tx, mail_id: str, now: int) -> Going | None:
        rows = await carrying_on.in_mail(tx, mail_id)
        if not rows:
            return None
        conversation = await conversations.get(tx, rows[0]["conversation_id"])
        channel = await store.get(tx, rows[0]["channel_id"])
        identity = await get_identity(tx, conversation.identity_id)
        heard = await letters.last_words(tx, conversation.id)
        answers = heard.letter if heard else None
        language = self._packing.language_of(conversation)
        outbound = await self._packing.pack(
            tx,
            await carrying_on.as_one(tx, rows, heard, language),
            conversation,
            channel,
            recipient=address_of(identity, answers),
            answers=answers,
            at=now,
            subject=text(language, "channel.carried.subject", company=await self._packing.company(tx)),
        )
        return Going(conversation.id, tuple(row["id"] for row in rows), outbound, carried=True)


def _stamp(run: Run) -> Stamp:
    return Stamp(run.clock.now(), SYSTEM)


async def _reply(tx: Tx, seq: int) -> Reply:
    event = await by_seq(tx, seq)
    assert event is not None
    fact = event.fact()
    assert isinstance(fact, (ReplyQueued, ReplyRequeued))
    id = fact.message.id if isinstance(fact, ReplyQueued) else fact.message_id
    row = await conversations.message_row(tx, id)
    conversation = await conversations.get(tx, row["conversation_id"])
    return Reply(await letters.message_of(tx, row), row, conversation, isinstance(fact, ReplyRequeued))


async def _refusal(tx: Tx, reply: Reply, recipient: str) -> str:
    """Why it must not leave by mail, whoever thought it should; empty: it may."""
    if not recipient:
        return "no_address"
    if reply.message.author.kind == "agent":
        return ""
    seq = int(reply.row["seq"])
    heard = await letters.last_words(tx, reply.conversation.id, seq)
    return await restraint(tx, reply.conversation, heard, reply.message.at, seq)


async def _see_that_it_is_fetched(tx: Tx, reply: Reply, now: int) -> None:
    if await carrying_on.mailbox_for_chats(tx) is None:
        return
    if reply.anew:
        await carrying_on.forget(tx, reply.message.id)
    heard = await letters.last_words(tx, reply.conversation.id)
    if reply.anew or (heard and heard.letter):
        await carrying_on.look_now(tx, reply.conversation.id, now)
    elif reply.message.author.kind == "agent":
        await carrying_on.look_again(tx, reply.conversation.id, reply.message.at + carrying_on.PATIENCE)
