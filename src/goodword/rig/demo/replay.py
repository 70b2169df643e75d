"""The deeds of the demo, done one after another by the desk's own actions, each by whom it belongs to."""

from dataclasses import dataclass, field

from goodword.channels import Channel, Registry
from goodword.channels.actions.take_in import take_in
from goodword.conversations import (
    Draft,
    Received,
    add_note,
    assign,
    close,
    delivered,
    move_up,
    rate,
    read_by_agent,
    read_by_customer,
    reply,
    request_person,
    say_aside,
    schedule_reply,
    snooze,
    start_side_thread,
    tag,
    wait_in_queue,
    wake,
)
from goodword.conversations import store as conversations
from goodword.conversations.model import MOODS
from goodword.customers.actions.edit import edit
from goodword.customers.actions.identify import identify
from goodword.customers.actions.record_order import record_order
from goodword.customers.model import Customer, Identity, Item, Kind, Order
from goodword.platform.db import Tx
from goodword.platform.events import SYSTEM, Actor, Stamp, by_seq
from goodword.platform.jobs import cancel
from goodword.rig.cast import ASIA, ASSISTANT, EUROPE, LI_NA, MEI_LING
from goodword.rig.demo.episodes import Episode
from goodword.rig.demo.material import beside
from goodword.rig.demo.people import Person
from goodword.rig.demo.stage import Stage
from goodword.rig.demo.steps import Step, mood_at
from goodword.rig.demo.wording import draft, reading, reason, summary
from goodword.routing import history as routing
from goodword.understanding.actions.note_reading import note_reading

SAGE = Actor("assistant", None, ASSISTANT)
SECONDS_PER_PLACE = 90


@dataclass
class Thread:
    """An episode that has begun: what was said by turn, and under which id it stands; ``aside``: its side thread."""

    id: str
    said: dict[int, Received] = field(default_factory=dict)
    aside: str = ""


class Replay:
    """Knows what has been done so far. Each deed of a ``Step`` is the method of that name."""

    def __init__(self, stage: Stage, registry: Registry) -> None:
        self._stage = stage
        self._registry = registry
        self._threads: dict[int, Thread] = {}
        self._met: dict[tuple[str, str], tuple[Customer, Identity]] = {}
        self._queues: dict[str, list[str]] = {EUROPE: [], ASIA: []}

    async def do(self, tx: Tx, step: Step) -> None:
        """Those before it in time must have been done."""
        await getattr(self, f"_{step.deed}")(tx, step, step.episode)

    async def _order(self, tx: Tx, step: Step, episode: Episode) -> None:
        customer, _ = await self._meet(tx, step.at, episode)
        purchase, language = episode.purchase, episode.language
        items = tuple(Item(product.names[language], quantity) for product, quantity in purchase.items)
        order = Order(purchase.number, customer.id, purchase.placed_at, purchase.status, purchase.cents, "EUR", items)
        await record_order(tx, Stamp(step.at, SYSTEM), order)

    async def _write(self, tx: Tx, step: Step, episode: Episode) -> None:
        customer, identity = await self._meet(tx, step.at, episode)
        channel = self._channel(episode)
        received = await take_in(
            tx,
            Stamp(step.at, Actor("customer", customer.id, customer.name)),
            draft(episode, step.turn),
            channel=channel,
            customer=customer.ref,
            identity_id=identity.id,
            first="assistant" if episode.starts_with_assistant else "queue",
            thread=self._thread_name(episode),
        )
        thread = self._threads.setdefault(episode.number, Thread(received.conversation.id))
        thread.said[step.turn] = received

    async def _understand(self, tx: Tx, step: Step, episode: Episode) -> None:
        thread = self._threads[episode.number]
        received = thread.said[step.turn]
        event = await by_seq(tx, received.seq)
        assert event is not None
        read = reading(episode, step.turn)
        stamp = event.stamp(step.at)
        await note_reading(tx, stamp, thread.id, received.message.id, received.seq, read, step.at - event.at)

    async def _answer(self, tx: Tx, step: Step, episode: Episode) -> None:
        thread = self._threads[episode.number]
        stamp = self._speaker(step, episode)
        thread.said[step.turn] = await reply(tx, stamp, thread.id, draft(episode, step.turn))

    async def _deliver(self, tx: Tx, step: Step, episode: Episode) -> None:
        said = self._threads[episode.number].said[step.turn]
        await delivered(tx, Stamp(step.at, SYSTEM), said.message.id)

    async def _seen(self, tx: Tx, step: Step, episode: Episode) -> None:
        thread = self._threads[episode.number]
        conversation = await conversations.get(tx, thread.id)
        if self._registry.able(conversation.channel.kind, "live"):
            customer, _ = self._met[episode.person.user_id, episode.script.channel]
            stamp = Stamp(step.at, Actor("customer", customer.id, customer.name))
            await read_by_customer(tx, stamp, thread.id, conversation.seq)

    async def _note(self, tx: Tx, step: Step, episode: Episode) -> None:
        thread = self._threads[episode.number]
        thread.said[step.turn] = await add_note(tx, self._speaker(step, episode), thread.id, draft(episode, step.turn))

    async def _hand_over(self, tx: Tx, step: Step, episode: Episode) -> None:
        if episode.starts_with_assistant:
            thread = self._threads[episode.number]
            brief = summary(episode, thread.said)
            await request_person(tx, Stamp(step.at, SAGE), thread.id, reason(episode), brief)

    async def _queue(self, tx: Tx, step: Step, episode: Episode) -> None:
        await self.wait(tx, step.at, _team(episode), self._threads[episode.number].id)

    async def _assign(self, tx: Tx, step: Step, episode: Episode) -> None:
        id, agent = self._threads[episode.number].id, self._stage.agents[episode.agent.key]
        routed = episode.number % 5 != 0
        stamp = Stamp(step.at, SYSTEM) if routed else self._stage.stamp(step.at, episode.agent)
        team = self._stage.teams[_team(episode)]
        await assign(tx, stamp, id, agent_id=agent.id, team_id=team.id, reason="routed" if routed else "taken")
        event = await routing.newest_assignment(tx, id)
        assert event is not None
        await routing.keep_assignment(tx, event, agent.id)
        await self.leave_queue(tx, step.at, _team(episode), id)

    async def _read(self, tx: Tx, step: Step, episode: Episode) -> None:
        thread = self._threads[episode.number]
        await read_by_agent(tx, self._stage.stamp(step.at, episode.agent), thread.id, thread.said[step.turn].seq)

    async def _tag(self, tx: Tx, step: Step, episode: Episode) -> None:
        stamp = self._stage.stamp(step.at, episode.agent) if episode.by_people else Stamp(step.at, SYSTEM)
        await tag(tx, stamp, self._threads[episode.number].id, episode.script.tags, ())

    async def _snooze(self, tx: Tx, step: Step, episode: Episode) -> None:
        id = self._threads[episode.number].id
        await snooze(tx, self._stage.stamp(step.at, episode.agent), id, step.until)

    async def _wake(self, tx: Tx, step: Step, episode: Episode) -> None:
        id = self._threads[episode.number].id
        await wake(tx, Stamp(step.at, SYSTEM), id)
        await cancel(tx, f"wake:{id}")

    async def _close(self, tx: Tx, step: Step, episode: Episode) -> None:
        stamp = self._stage.stamp(step.at, episode.agent) if episode.by_people else Stamp(step.at, SYSTEM)
        await close(tx, stamp, self._threads[episode.number].id)

    async def _rate(self, tx: Tx, step: Step, episode: Episode) -> None:
        """Whoever is calm in the end is content; whoever isn't says why."""
        customer, _ = await self._meet(tx, step.at, episode)
        stamp = Stamp(step.at, Actor("customer", customer.id, customer.name))
        score = max(1, 5 - MOODS.index(mood_at(episode, len(episode.turns))) - episode.number % 2)
        words = beside().praise if score == 5 else beside().blame if score <= 2 else {}
        id = self._threads[episode.number].id
        await rate(tx, stamp, id, score, "slow" if score <= 2 else None, words.get(episode.language))

    async def _call(self, tx: Tx, step: Step, episode: Episode) -> None:
        called = self._stage.agents[LI_NA.key].id
        note = Draft(f"{episode.number}-call", beside().call, "en")
        await add_note(tx, self._by_agent(step, episode), self._threads[episode.number].id, note, [called])

    async def _later(self, tx: Tx, step: Step, episode: Episode) -> None:
        waiting = Draft(f"{episode.number}-later", beside().later, episode.language)
        await schedule_reply(tx, self._by_agent(step, episode), self._threads[episode.number].id, waiting, step.until)

    async def _ask_aside(self, tx: Tx, step: Step, episode: Episode) -> None:
        aside, thread = beside().aside, self._threads[episode.number]
        question = Draft(f"{episode.number}-ask", aside.question, episode.language)
        members = [self._stage.agents[MEI_LING.key].id]
        begun = await start_side_thread(tx, self._by_agent(step, episode), thread.id, aside.title, members, question)
        thread.aside = begun.id

    async def _answer_aside(self, tx: Tx, step: Step, episode: Episode) -> None:
        thread = self._threads[episode.number]
        answer = Draft(f"{episode.number}-answer", beside().aside.answer, episode.language)
        await say_aside(tx, self._stage.stamp(step.at, MEI_LING), thread.id, thread.aside, answer)

    async def _meet(self, tx: Tx, at: int, episode: Episode) -> tuple[Customer, Identity]:
        key = (episode.person.user_id, episode.script.channel)
        if key not in self._met:
            self._met[key] = await self._introduce(tx, Stamp(at, SYSTEM), self._channel(episode), episode.person)
        return self._met[key]

    async def _introduce(self, tx: Tx, stamp: Stamp, channel: Channel, person: Person) -> tuple[Customer, Identity]:
        customer, identity = await identify(
            tx,
            stamp,
            kind=_identity_kind(self._registry, person, channel.kind),
            value=person.user_id,
            scope=channel.id,
            verified=not person.stranger,
            name=person.name,
            email=person.email,
            language=person.language,
        )
        if person.city and not customer.city:
            customer = await edit(tx, stamp, customer.id, city=person.city)
        return customer, identity

    async def wait(self, tx: Tx, at: int, team: str, id: str) -> None:
        """At the end of the team's queue."""
        queue = self._queues[team]
        queue.append(id)
        await wait_in_queue(tx, Stamp(at, SYSTEM), id, len(queue), len(queue) * SECONDS_PER_PLACE)

    async def leave_queue(self, tx: Tx, at: int, team: str, id: str) -> None:
        queue = self._queues[team]
        place = queue.index(id)
        queue.remove(id)
        for position, waiting in enumerate(queue[place:], place + 1):
            await move_up(tx, Stamp(at, SYSTEM), waiting, position, position * SECONDS_PER_PLACE)

    def _by_agent(self, step: Step, episode: Episode) -> Stamp:
        return self._stage.stamp(step.at, episode.agent)

    def _speaker(self, step: Step, episode: Episode) -> Stamp:
        if episode.turns[step.turn].who == "assistant":
            return Stamp(step.at, SAGE)
        return self._stage.stamp(step.at, episode.agent)

    def _channel(self, episode: Episode) -> Channel:
        return self._stage.channels[episode.script.channel]

    def _thread_name(self, episode: Episode) -> str:
        """Where the other side keeps no thread of its own, each form that is sent in is a matter of its own."""
        return "" if self._registry.able(episode.script.channel, "live") else f"form-{episode.number}"


def _team(episode: Episode) -> str:
    return EUROPE if episode.language in ("en", "fr") else ASIA


def _identity_kind(registry: Registry, person: Person, kind: str) -> Kind:
    """Where the host signs who somebody is, a person comes with his account, a stranger with his browser."""
    if not registry.able(kind, "identity"):
        return "api"
    return "visitor" if person.stranger else "external"
