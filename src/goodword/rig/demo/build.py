"""An empty desk becomes the desk of Fennel & Oak, five weeks into its life."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Final

from goodword.channels import Registry
from goodword.channels.arrivals import RawStore
from goodword.platform.db import Database, Tx
from goodword.platform.errors import Conflict
from goodword.rig.cast import AGENTS, PASSWORD
from goodword.rig.demo.dates import set_up_at
from goodword.rig.demo.episodes import Episode, episodes
from goodword.rig.demo.post import Post, Sorted, sort_mail
from goodword.rig.demo.replay import Replay
from goodword.rig.demo.stage import Props, Stage, props, set_stage
from goodword.rig.demo.steps import steps_of
from goodword.staff import is_set_up

CONVERSATIONS: Final = 340
SEED: Final = 2_718


@dataclass(frozen=True, slots=True)
class Report:
    """What was built; ``built`` is False where somebody works at this desk already: then nothing was touched.

    ``accounts``: name, e-mail address and role of everyone who can sign in, all with ``password``. ``tokens`` by kind
    of channel.
    """

    built: bool
    conversations: int = 0
    running: int = 0
    articles: int = 0
    accounts: tuple[tuple[str, str, str], ...] = ()
    password: str = ""
    tokens: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        if not self.built:
            return "This desk is in use already; the demo changes nothing."
        people = "\n".join(f"  {email:<30} {name} ({role})" for name, email, role in self.accounts)
        tokens = "\n".join(f"  {kind:<30} {token}" for kind, token in self.tokens)
        return (
            f"{self.conversations} conversations ({self.running} under way), {self.articles} articles.\n"
            f"Sign in with the password {self.password} as:\n{people}\nPost to a channel with its token:\n{tokens}"
        )


async def build(
    database: Database,
    registry: Registry,
    *,
    now: int,
    conversations: int = CONVERSATIONS,
    seed: int = SEED,
    raws: RawStore | None = None,
) -> Report:
    """Fill an empty desk; the same ``seed`` and ``now`` tell the same story. Nothing happens later than ``now``.

    Mail has come only where there are ``raws`` to keep it. The database must have been opened without subscriptions:
    what is past must set off nothing today. ``ValueError`` otherwise.
    """
    if await database.read(_is_in_use):
        return Report(built=False)
    made = await props()
    sacks = await sort_mail(registry, raws, now) if raws else ()
    try:
        return await database.write(_build, registry, now, made, sacks, conversations, seed)
    except Conflict:
        return Report(built=False)


async def _is_in_use(tx: Tx) -> bool:
    if tx.subscriptions:
        raise ValueError("the demo is built on a database that was opened without subscriptions")
    return await is_set_up(tx)


async def _build(
    tx: Tx, registry: Registry, now: int, made: Props, mail: Sequence[Sorted], conversations: int, seed: int
) -> Report:
    """In one transaction: half a demo would look like a desk in use and could never be finished."""
    random = Random(seed)
    told = episodes(random, now, conversations)
    steps = [step for episode in told for step in steps_of(random, episode)]
    stage = await set_stage(tx, registry, set_up_at(now), made)
    replay = Replay(stage, registry)
    post = Post(stage, registry, replay, now)
    deeds = [(step.at, partial(replay.do, step=step)) for step in steps] + [*post.deeds(mail)]
    for _, deed in sorted(deeds, key=lambda one: one[0]):
        await deed(tx)
    return _report(stage, told, post)


def _report(stage: Stage, told: Sequence[Episode], post: Post) -> Report:
    return Report(
        built=True,
        conversations=len(told) + len(post.threads),
        running=sum(ending != "closed" for ending in (*(one.ending for one in told), *post.threads)),
        articles=stage.articles,
        accounts=tuple((agent.name, agent.email, agent.role) for agent in AGENTS),
        password=PASSWORD,
        tokens=tuple(sorted(stage.tokens.items())),
    )
