"""The mailbox of Fennel & Oak: mail of the past, each read and taken in as the desk reads and takes in mail."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from typing import Any, Final

import msgspec

from goodword.assistant.acknowledging import Expected
from goodword.assistant.actions.acknowledge import acknowledge
from goodword.channels import Channel, Registry
from goodword.channels.arrivals import RawStore, keep_arrival
from goodword.channels.arrivals.actions.settle import quarantine, settle
from goodword.channels.arrivals.model import MAIL as RAW
from goodword.channels.contract import Arrived, Reads, Taken, Unreadable
from goodword.channels.hastening import waiting_job
from goodword.channels.health import note_health
from goodword.channels.model import checked_settings
from goodword.conversations import assign, close, delivered, delivery_failed, letters, read_by_agent, reply, tag
from goodword.conversations import store as conversations
from goodword.conversations.model import Draft
from goodword.customers import identify
from goodword.platform.clock import HOUR, MINUTE, SECOND
from goodword.platform.db import Tx
from goodword.platform.events import SYSTEM, Actor, Stamp, by_seq
from goodword.platform.jobs import cancel, enqueue
from goodword.rig.cast import AGENTS, ASIA, EUROPE, MAIL
from goodword.rig.demo import mails
from goodword.rig.demo.dates import set_up_at
from goodword.rig.demo.mails import Correspondence
from goodword.rig.demo.replay import SAGE, Replay
from goodword.rig.demo.stage import Stage
from goodword.routing import history as routing
from goodword.understanding import wants_human
from goodword.understanding.actions.note_reading import note_reading
from goodword.understanding.model import Reading

Deed = tuple[int, Callable[[Tx], Awaitable[None]]]

USUAL: Final = Expected(usual=2_400, seldom=9_000)
GREYLISTED: Final = "451 4.7.1 <wei@customers.example>: Recipient address rejected: greylisted, try again later"


class Sorted(msgspec.Struct, frozen=True):
    """A mail that lies in ``raws`` and has been read; ``read`` is None where nobody can. ``place``: its turn."""

    at: int
    digest: str
    size: int
    read: Any
    shape: str = RAW
    source: str = "imap:INBOX"
    thread: Correspondence | None = None
    place: int = 0
    reason: str = ""


async def sort_mail(registry: Registry, raws: RawStore, now: int) -> Sequence[Sorted]:
    """All mail of the demo, kept as it came and read: what takes time, before the transaction begins."""
    adapter, channel = registry.get(MAIL.kind), _as_configured(registry)
    assert isinstance(adapter, Reads)
    found = []
    for at, raw, shape, thread, place in _mail(now):
        found.append(Sorted(at, await raws.put(raw), len(raw), None, shape, thread=thread, place=place))
    return [await _read(adapter, raws, channel, one) for one in found]


async def _read(adapter: Reads, raws: RawStore, channel: Channel, one: Sorted) -> Sorted:
    try:
        read = await adapter.read(await raws.get(one.digest), _arrived(one), channel)
    except Unreadable as no:
        return msgspec.structs.replace(one, source=one.shape, reason=str(no))
    return msgspec.structs.replace(one, read=read)


class Post:
    """What is done about the mail. ``threads``: how each correspondence that has begun stands."""

    def __init__(self, stage: Stage, registry: Registry, replay: Replay, now: int) -> None:
        self._stage = stage
        self._channel = stage.channels[MAIL.kind]
        adapter = registry.get(MAIL.kind)
        assert isinstance(adapter, Reads)
        self._adapter = adapter
        self._replay = replay
        self._now = now
        self._places: dict[str, str] = {}
        self.threads: list[str] = []

    def deeds(self, mail: Sequence[Sorted]) -> Iterator[Deed]:
        """Each with its time."""
        for one in mail:
            yield one.at, partial(self._arrive, one=one)
        begun = [one.thread for one in mail if one.thread and one.place == 0]
        for thread in begun:
            self.threads.append(thread.ending)
            yield from self._beginning(thread)
            yield from self._answers(thread)
            yield from self._end(thread)

    def _beginning(self, thread: Correspondence) -> Iterator[Deed]:
        at = thread.at(self._now, 0)
        yield set_up_at(self._now) + 12 * HOUR, partial(self._introduce, thread=thread)
        yield at + SECOND, partial(self._queue, thread=thread, at=at + SECOND)
        yield at + 1_500, partial(self._acknowledge, thread=thread, at=at + 1_500)
        yield at + 2_300, partial(self._deliver, thread=thread, at=at + 2_300)

    def _answers(self, thread: Correspondence) -> Iterator[Deed]:
        places = [place for place, turn in enumerate(thread.turns) if turn.who == "agent"]
        for place in places:
            at = thread.at(self._now, place)
            if place == places[0]:
                yield at - 6 * MINUTE, partial(self._assign, thread=thread, at=at - 6 * MINUTE)
                yield at + 300, partial(self._tag, thread=thread, at=at + 300)
            yield at - 2 * MINUTE, partial(self._look, thread=thread, at=at - 2 * MINUTE)
            yield at, partial(self._answer, thread=thread, place=place, at=at)
            sent = self._put_off if thread.ending == "deferred" else self._deliver
            yield at + 1_800, partial(sent, thread=thread, at=at + 1_800)

    def _end(self, thread: Correspondence) -> Iterator[Deed]:
        last = thread.at(self._now, len(thread.turns) - 1)
        if thread.ending == "closed":
            yield last + 5 * MINUTE, partial(self._look, thread=thread, at=last + 5 * MINUTE)
            yield last + 12 * MINUTE, partial(self._close, thread=thread, at=last + 12 * MINUTE)

    async def _introduce(self, tx: Tx, thread: Correspondence) -> None:
        """He has an account with his address from the beginning: in the chat he is the same person."""
        who = thread.writer
        stamp = Stamp(set_up_at(self._now) + 12 * HOUR, SYSTEM)
        await identify(tx, stamp, kind="email", value=who.email, name=who.name, language=who.language)

    async def _arrive(self, tx: Tx, one: Sorted) -> None:
        channel = self._channel
        stamp = Stamp(one.at, Actor("system", channel.id, channel.name))
        arrival, _ = await keep_arrival(tx, stamp, channel, one.digest, one.size, one.source, one.shape)
        await cancel(tx, f"arrival:{arrival.id}")
        if one.read is None:
            await quarantine(tx, stamp, arrival, one.reason)
            return
        outcome = await self._adapter.take_in(tx, stamp, arrival.arrived(), channel, one.read, ())
        await settle(tx, stamp, arrival, outcome)
        await note_health(tx, channel.id, "in", one.at)
        if one.thread and isinstance(outcome, Taken):
            self._places[one.thread.key] = outcome.conversation_id
            await self._understand(tx, one.thread, one.at, outcome)

    async def _understand(self, tx: Tx, thread: Correspondence, at: int, taken: Taken) -> None:
        row = await conversations.message_row(tx, taken.message_id)
        event = await by_seq(tx, row["seq"])
        assert event is not None
        confidence = {"language": 1.0, "wants_human": 1.0, "mood": 1.0, "topic": 1.0}
        read = Reading(
            language=thread.writer.language,
            wants_human=wants_human(row["text"]).wanted,
            mood=thread.mood,
            topic=thread.topic,
            confidence=confidence,
        )
        await note_reading(tx, event.stamp(at), taken.conversation_id, taken.message_id, event.seq, read, 12)

    async def _queue(self, tx: Tx, thread: Correspondence, at: int) -> None:
        await self._replay.wait(tx, at, _team(thread), self._places[thread.key])

    async def _acknowledge(self, tx: Tx, thread: Correspondence, at: int) -> None:
        await acknowledge(tx, Stamp(at, SAGE), self._places[thread.key], USUAL, thread.writer.language)

    async def _assign(self, tx: Tx, thread: Correspondence, at: int) -> None:
        id, agent = self._places[thread.key], self._stage.agents[thread.agent]
        team = self._stage.teams[_team(thread)]
        await assign(tx, Stamp(at, SYSTEM), id, agent_id=agent.id, team_id=team.id, reason="routed")
        event = await routing.newest_assignment(tx, id)
        assert event is not None
        await routing.keep_assignment(tx, event, agent.id)
        await self._replay.leave_queue(tx, at, _team(thread), id)

    async def _look(self, tx: Tx, thread: Correspondence, at: int) -> None:
        conversation = await conversations.get(tx, self._places[thread.key])
        await read_by_agent(tx, self._by_agent(thread, at), conversation.id, conversation.seq)

    async def _answer(self, tx: Tx, thread: Correspondence, place: int, at: int) -> None:
        draft = Draft(f"{thread.key}-{place}", thread.turns[place].text, thread.writer.language)
        await reply(tx, self._by_agent(thread, at), self._places[thread.key], draft)

    async def _deliver(self, tx: Tx, thread: Correspondence, at: int) -> None:
        for row in await letters.unfetched(tx, self._places[thread.key]):
            taken = f"250 2.0.0 Ok: queued as {row['id'][-10:].upper()}"
            await delivered(tx, Stamp(at, SYSTEM), row["id"], answer=taken)
            await note_health(tx, self._channel.id, "out", at)

    async def _put_off(self, tx: Tx, thread: Correspondence, at: int) -> None:
        """It really is tried again then."""
        later = self._now + 40 * MINUTE
        for row in await letters.unfetched(tx, self._places[thread.key]):
            await delivery_failed(tx, Stamp(at, SYSTEM), row["id"], "later", later, GREYLISTED)
            again = {"seq": row["seq"], "since": at, "tries": 1}
            await enqueue(tx, "channels.deliver", again, at=later, dedupe=waiting_job(row["id"]))

    async def _tag(self, tx: Tx, thread: Correspondence, at: int) -> None:
        await tag(tx, self._by_agent(thread, at), self._places[thread.key], thread.tags, ())

    async def _close(self, tx: Tx, thread: Correspondence, at: int) -> None:
        await close(tx, self._by_agent(thread, at), self._places[thread.key])

    def _by_agent(self, thread: Correspondence, at: int) -> Stamp:
        return self._stage.stamp(at, next(one for one in AGENTS if one.key == thread.agent))


def _mail(now: int) -> Iterator[tuple[int, bytes, str, Correspondence | None, int]]:
    """When what came in which shape, of which correspondence and turn."""
    for thread in mails.correspondence():
        for place, turn in enumerate(thread.turns):
            at = thread.at(now, place)
            if turn.who == "customer":
                yield at, mails.written(thread, place, now), RAW, thread, place
            elif thread.ending == "bounced":
                yield at + 48 * SECOND, mails.returned(thread, at + 48 * SECOND), RAW, None, 0
    yield now - 7 * HOUR, mails.backscatter(now - 7 * HOUR), RAW, None, 0
    yield now - 3 * HOUR, mails.broken(), "postmark", None, 0


def _arrived(one: Sorted) -> Arrived:
    return Arrived("", one.shape, one.at)


def _as_configured(registry: Registry) -> Channel:
    """As the stage will add it: what reading needs of a channel is its settings."""
    settings = checked_settings(registry.get(MAIL.kind).manifest, MAIL.settings)
    return Channel("", MAIL.kind, MAIL.name, MAIL.key, settings, "", 0)


def _team(thread: Correspondence) -> str:
    return EUROPE if thread.writer.language in ("en", "fr") else ASIA
