"""The composition root: who reacts to which event, and how the parts are put together."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog
from litestar import Litestar, Router
from litestar.types import ControllerRouterHandler

from goodword.assistant import Assistant
from goodword.assistant import api as assistant_api
from goodword.automation import api as automation_api
from goodword.automation.actions.carry_out import CALL
from goodword.automation.api.shapes import voice_of
from goodword.automation.calling import Calling
from goodword.automation.subscribers import Automation, forget_the_team
from goodword.automation.timing import TIME_HAS_COME
from goodword.automation.watched import CONSIDER, Watched
from goodword.channels import Delivery, Registry
from goodword.channels import api as channels_api
from goodword.channels import events as channel_events
from goodword.channels.arrivals import READ, RawStore, Reading, ask_for_waiting, letter_api
from goodword.channels.arrivals import api as arrivals_api
from goodword.channels.arrivals.forgetting import FORGET, forget_bytes, forget_what_came
from goodword.channels.carrying_on import CARRY_ON, SEND_CARRIED
from goodword.channels.hastening import TRY_WAITING_AGAIN, try_waiting_again
from goodword.channels.keeper import Keeper
from goodword.channels.listening import Listening
from goodword.channels.post_office import PostOffice
from goodword.conversations import api as conversations_api
from goodword.conversations import events as conversations
from goodword.conversations import subscribers as conversation_subscribers
from goodword.conversations.actions.leave_team import LEAVE_TEAM
from goodword.conversations.actions.snooze import WAKE
from goodword.conversations.attached import DROP_FILES, drop_files
from goodword.conversations.search import backlog
from goodword.conversations.sending_later import SEND
from goodword.customers import api as customers_api
from goodword.customers import events as customers
from goodword.customers import subscribers as customer_subscribers
from goodword.customers.actions.block import UNBLOCK
from goodword.fields import api as fields_api
from goodword.knowledge import Search
from goodword.knowledge import api as knowledge_api
from goodword.knowledge import events as knowledge
from goodword.knowledge import help as help_pages
from goodword.knowledge import subscribers as knowledge_subscribers
from goodword.knowledge.help import offered as help_offered
from goodword.notify import routes as live_routes
from goodword.notify.viewing import Viewing
from goodword.platform.audit import subscribers as audit
from goodword.platform.bus import Bus, LocalBus, PostgresBus
from goodword.platform.clock import Clock, SystemClock
from goodword.platform.db import Database, open_database
from goodword.platform.db.migrate import migrate
from goodword.platform.embedding import Embedder, EmbeddingUnavailable, HttpEmbedder, LocalE5, NoEmbedder
from goodword.platform.events import Fact, Feed
from goodword.platform.files import FileStore
from goodword.platform.http import open_client
from goodword.platform.jobs import Handler, Run, Worker
from goodword.platform.settings import Settings, secret_key
from goodword.routing import api as routing_api
from goodword.routing import events as routing_events
from goodword.routing import subscribers as routing
from goodword.routing.actions.announce import ANNOUNCE
from goodword.routing.actions.take_back import LOOK, TAKE_BACK, look_each_minute
from goodword.staff import api as staff_api
from goodword.staff import events as staff
from goodword.staff import subscribers as staff_subscribers
from goodword.staff.actions.remove_team import FORGET_TEAM
from goodword.staff.model import PRESENCE_DUE
from goodword.supervision import api as supervision_api
from goodword.supervision import subscribers as supervision
from goodword.supervision.actions.take_pause import PAUSE_OVER
from goodword.understanding import events as understanding
from goodword.understanding import subscribers as understanding_subscribers
from goodword.web import Services, build_door, health, pages
from goodword.web import files as web_files

log = structlog.get_logger(__name__)

# Who reacts to which event: the names of jobs. A job that is named here has its handler in ``_handlers``.
SUBSCRIPTIONS: Mapping[type[Fact], tuple[str, ...]] = {
    conversations.MessageReceived: ("understanding.understand_message",),
    understanding.MessageUnderstood: ("assistant.answer",),
    conversations.ReplyQueued: ("channels.deliver",),
    conversations.ReplyRequeued: ("channels.deliver",),
    conversations.MessageRemoved: (
        "channels.forget_what_came",
        "understanding.forget_reading",
        "assistant.forget_question",
    ),
    channel_events.ChannelEdited: (TRY_WAITING_AGAIN,),
    conversations.Queued: ("assistant.acknowledge",),
    conversations.NobodyAvailable: ("assistant.explain_absence", "assistant.acknowledge"),
    conversations.HandoverRequested: ("routing.find_a_person",),
    conversations.Assigned: ("routing.note_assignment", "assistant.acknowledge"),
    conversations.StatusChanged: ("routing.fill_free_hands", "supervision.mind_the_agent"),
    conversations.PriorityChanged: ("routing.mind_the_priority",),
    routing_events.RoutingChanged: ("routing.look_again",),
    staff.AgentDutyChanged: ("routing.look_again",),
    staff.TeamEdited: ("routing.look_again",),
    staff.TeamRemoved: ("routing.look_again",),
    staff.TeamRestored: ("routing.look_again",),
    staff.TeamForgotten: (LEAVE_TEAM, "routing.forget_the_team", "automation.forget_the_team"),
    staff.AgentDisabled: ("routing.let_go_of_all",),
    staff.AgentAvailabilityChanged: ("routing.mind_the_desk",),
    customers.CustomerRenamed: ("conversations.tell_the_name",),
    customers.CustomerUnblocked: ("conversations.let_back_in",),
    customers.CustomersMerged: ("conversations.follow_the_customer",),
    customers.CustomersUnmerged: ("conversations.follow_the_customer",),
    knowledge.ArticlePublished: ("knowledge.embed_article",),
}

# What is asked for at every start, because nothing that happens would ask for it.
CHORES = (
    knowledge_subscribers.ask_for_vectors,
    customer_subscribers.forget_sessions_daily,
    look_each_minute,
    backlog.ask_for_backlog,
    audit.keep_the_chain,
    ask_for_waiting,
)


@dataclass(frozen=True)
class Desk:
    """Everything that runs in one process."""

    services: Services
    embedder: Embedder
    delivery: Delivery
    worker: Worker
    listening: Listening
    watched: Watched


def subscriptions() -> dict[str, tuple[str, ...]]:
    return {fact.__name__: names for fact, names in SUBSCRIPTIONS.items()}


@asynccontextmanager
async def open_desk(settings: Settings, *, reacting: bool = True, clock: Clock | None = None) -> AsyncIterator[Desk]:
    """A desk that is migrated and ready, with its worker not started; closed in good order at the end.

    ``reacting=False``: events are recorded and set nothing off.
    """
    await migrate(settings.database)
    process = secrets.token_hex(6)
    watched = Watched(subscriptions())
    database = await open_database(settings.database, watched if reacting else {})
    bus: Bus = PostgresBus(settings.database, process) if settings.database.startswith("postgresql") else LocalBus()
    database.on_commit = _ringing(bus, watched)
    following = asyncio.create_task(watched.follow(database, bus))
    desk = _put_together(settings, process, database, bus, clock or SystemClock(), watched)
    try:
        yield desk
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        desk.services.viewing.close()
        await desk.delivery.outgoing.close()
        await desk.embedder.close()
        await bus.close()
        await database.close()


def _ringing(bus: Bus, watched: Watched) -> Callable[[frozenset[str]], None]:
    def ring(bells: frozenset[str]) -> None:
        watched.hear(bells)
        bus.ring(bells)

    return ring


def _put_together(
    settings: Settings, process: str, database: Database, bus: Bus, clock: Clock, watched: Watched
) -> Desk:
    key = secret_key(settings)
    embedder = _embedder(settings)
    registry, search = Registry.discover(), Search(database, embedder)
    outgoing = open_client(inwards=settings.call_private_addresses)
    services = Services(
        settings=settings,
        secret_key=key,
        clock=clock,
        database=database,
        bus=bus,
        feed=Feed(database, bus),
        files=FileStore(settings.folder / "files", key, settings.file_bytes),
        raws=RawStore(settings.folder / "raw"),
        registry=registry,
        search=search,
        viewing=Viewing(bus, clock),
        outgoing=outgoing,
    )
    delivery = Delivery(registry, outgoing, key, settings, services.files)
    handlers = _handlers(services, embedder, delivery)
    worker = Worker(process, database, bus, clock, handlers, settings.jobs_at_once)
    post = PostOffice(database, clock, services.raws, outgoing, Keeper(database, registry, key))
    listening = Listening(process, registry, post, bus, key)
    return Desk(services, embedder, delivery, worker, listening, watched)


async def begin_chores(desk: Desk) -> None:
    for chore in CHORES:
        await desk.services.database.write(chore, desk.services.clock.now())


def build_app(desk: Desk, more_routes: Sequence[ControllerRouterHandler] = ()) -> Litestar:
    """The ASGI application over an open desk."""
    routes: list[ControllerRouterHandler] = [
        *staff_api.routes,
        customers_api.routes,
        fields_api.routes,
        routing_api.routes,
        conversations_api.routes,
        channels_api.routes,
        arrivals_api.routes,
        letter_api.routes,
        knowledge_api.routes,
        assistant_api.routes,
        automation_api.routes,
        supervision_api.routes,
        live_routes,
        help_pages.routes,
        help_offered.routes,
        pages.bare_address,
        pages.workspace,
        pages.launcher,
        pages.widget,
        web_files.file,
        health.healthz,
        health.readyz,
    ]
    for adapter in desk.services.registry.all():
        routes += adapter.routes
    routes += _under_another_name(desk)
    return build_door(desk.services, [*routes, *more_routes])


def _under_another_name(desk: Desk) -> list[ControllerRouterHandler]:
    """The widget and all it asks for once more, where addresses must not say what they are for."""
    path = desk.services.settings.widget_path
    if not path:
        return []
    doors = [door for adapter in desk.services.registry.all() for door in adapter.doors]
    return [
        *pages.renamed(path),
        Router(f"{path}/v1/{{key:str}}", route_handlers=[*doors, help_offered.offered], include_in_schema=False),
    ]


def _embedder(settings: Settings) -> Embedder:
    if settings.embedding == "http":
        return HttpEmbedder(
            settings.embedding_url, settings.embedding_key, settings.embedding_model, settings.embedding_dimension
        )
    if settings.embedding == "none":
        return NoEmbedder("switched off")
    try:
        return LocalE5(settings.folder / "cache")
    except EmbeddingUnavailable as error:
        log.warning("embedding.words_only", reason=str(error))
        return NoEmbedder(str(error))


def _handlers(services: Services, embedder: Embedder, delivery: Delivery) -> dict[str, Handler]:
    settings = services.settings
    read = understanding_subscribers.reader(embedder)
    assistant = Assistant(services.search, settings.assistant_name, settings.language)
    automation = Automation(voice_of(settings))
    calling = Calling(delivery.outgoing, services.secret_key)
    reading = Reading(
        services.registry,
        services.raws,
        services.files,
        services.secret_key,
        "assistant" if settings.assistant_answers else "queue",
    )

    async def understand(run: Run) -> None:
        await understanding_subscribers.understand_message(run, read)

    return {
        "understanding.understand_message": understand,
        "understanding.forget_reading": understanding_subscribers.forget_reading,
        "assistant.answer": assistant.answer,
        "assistant.explain_absence": assistant.explain_absence,
        "assistant.forget_question": assistant.forget_question,
        "assistant.acknowledge": assistant.acknowledge,
        "channels.deliver": delivery.deliver,
        TRY_WAITING_AGAIN: try_waiting_again,
        CARRY_ON: delivery.carry_on,
        SEND_CARRIED: delivery.send_carried,
        READ: reading.read_arrival,
        "channels.forget_what_came": forget_what_came,
        FORGET: forget_bytes(services.raws, services.files),
        CONSIDER: automation.consider,
        TIME_HAS_COME: automation.time_has_come,
        CALL: calling.call,
        "routing.find_a_person": routing.find_a_person,
        "routing.note_assignment": routing.note_assignment,
        "routing.fill_free_hands": routing.fill_free_hands,
        "routing.mind_the_desk": routing.mind_the_desk,
        "routing.let_go_of_all": routing.let_go_of_all,
        "routing.look_again": routing.look_again,
        "routing.mind_the_priority": routing.mind_the_priority,
        "routing.forget_the_team": routing.forget_the_team,
        "automation.forget_the_team": forget_the_team,
        LOOK: routing.look_around,
        ANNOUNCE: routing.tell_positions,
        TAKE_BACK: routing.take_back_unanswered,
        "conversations.tell_the_name": conversation_subscribers.tell_the_name,
        "conversations.follow_the_customer": conversation_subscribers.follow_the_customer,
        "knowledge.embed_article": knowledge_subscribers.embed_article(embedder),
        knowledge_subscribers.EMBED_ALL: knowledge_subscribers.embed_all(embedder),
        LEAVE_TEAM: conversation_subscribers.leave_team,
        WAKE: conversation_subscribers.wake_when_due,
        backlog.TAKE_IN_BACKLOG: backlog.take_in_backlog,
        SEND: conversation_subscribers.send_when_due,
        DROP_FILES: drop_files(services.files),
        "conversations.let_back_in": conversation_subscribers.let_back_in,
        UNBLOCK: customer_subscribers.on_unblock,
        PRESENCE_DUE: staff_subscribers.on_presence_due,
        FORGET_TEAM: staff_subscribers.on_team_to_forget,
        audit.LINK: audit.on_link_due,
        audit.CHECK: audit.on_check_due,
        "supervision.mind_the_agent": supervision.mind_the_agent,
        PAUSE_OVER: supervision.end_when_due,
        customer_subscribers.FORGET_SESSIONS: customer_subscribers.on_forget_sessions,
    }
