"""Replies go out: each is handed to its channel until the other side has it, or has said no for good."""

from collections import Counter

from goodword.channels import store
from goodword.channels.contract import Outbound
from goodword.channels.model import signing_secret
from goodword.channels.registry import Registry
from goodword.conversations import delivered, delivery_failed
from goodword.conversations import store as conversations
from goodword.conversations.events import ReplyQueued
from goodword.customers.store import get_identity
from goodword.platform.clock import SECOND
from goodword.platform.db import Tx
from goodword.platform.errors import Rejected, Unreachable
from goodword.platform.events import SYSTEM, Stamp, by_seq
from goodword.platform.http import Outgoing
from goodword.platform.jobs import MOST_ATTEMPTS, Run, enqueue, pause_before
from goodword.platform.jobs.model import Job

# Of one channel: where the other side hangs, its replies must not take the place of everyone else's jobs.
MOST_AT_ONCE = 4


class Delivery:
    """The subscriber to ``ReplyQueued``."""

    def __init__(self, registry: Registry, outgoing: Outgoing, key: bytes, public_url: str) -> None:
        self._registry = registry
        self.outgoing = outgoing
        self._key = key
        self._public_url = public_url
        self._under_way: Counter[str] = Counter()

    async def deliver(self, run: Run) -> None:
        """Where replies are fetched there is nothing to do; whoever hands them over marks them as delivered."""
        outbound = await run.database.read(self._load, run.job.payload["seq"], run.clock.now())
        if outbound is None:
            return
        if self._under_way[outbound.channel.id] >= MOST_AT_ONCE:
            await run.finish(_put_off, run.job, run.clock.now())
            return
        self._under_way[outbound.channel.id] += 1
        try:
            await self._hand_over(run, outbound)
        finally:
            self._under_way[outbound.channel.id] -= 1

    async def _hand_over(self, run: Run, outbound: Outbound) -> None:
        adapter = self._registry.get(outbound.channel.kind)
        stamp = Stamp(run.clock.now(), SYSTEM)
        try:
            receipt = await adapter.send(outbound, self.outgoing)
        except Rejected as no:
            await run.finish(delivery_failed, stamp, outbound.message.id, no.reason, None)
        except Unreachable as away:
            await self._try_again(run, stamp, outbound, away)
        else:
            if receipt:
                await run.finish(delivered, stamp, outbound.message.id, receipt.external_id)

    async def _try_again(self, run: Run, stamp: Stamp, outbound: Outbound, away: Unreachable) -> None:
        if run.job.attempts >= MOST_ATTEMPTS:
            await run.finish(delivery_failed, stamp, outbound.message.id, away.reason, None)
            return
        wait = pause_before(run.job.attempts) if away.retry_after is None else int(away.retry_after * 1_000)
        await run.database.write(delivery_failed, stamp, outbound.message.id, away.reason, stamp.at + wait)
        raise away

    async def _load(self, tx: Tx, seq: int, now: int) -> Outbound | None:
        event = await by_seq(tx, seq)
        assert event is not None
        fact = event.fact()
        assert isinstance(fact, ReplyQueued)
        conversation = await conversations.get(tx, event.stream)
        row = await conversations.message_row(tx, fact.message.id)
        if row["delivery"] == "delivered" or self._registry.able(conversation.channel.kind, "pull"):
            return None
        channel = await store.get(tx, conversation.channel.id)
        identity = await get_identity(tx, conversation.identity_id)
        return Outbound(
            message=fact.message,
            channel=channel,
            conversation_id=conversation.id,
            number=conversation.number,
            thread=conversation.thread,
            recipient=identity.value,
            secret=signing_secret(self._key, channel.id),
            at=now,
            public_url=self._public_url,
        )


async def _put_off(tx: Tx, job: Job, now: int) -> None:
    await enqueue(tx, job.kind, job.payload, at=now + SECOND)
