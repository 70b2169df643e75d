"""What must be there before the first customer writes: staff, channels, articles, canned answers."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goodword.channels import Channel, Registry
from goodword.channels.actions.add_channel import add_channel
from goodword.conversations.actions.keep_canned import add_canned_answer
from goodword.knowledge import Imported, import_document, prepared
from goodword.platform.clock import DAY, MINUTE
from goodword.platform.db import Tx
from goodword.platform.events import SYSTEM, Actor, Stamp
from goodword.platform.i18n import LANGUAGES
from goodword.rig.cast import ADA, AGENTS, CHANNELS, COMPANY, MEI_LING, PASSWORD, SKILLS, TEAMS, CastAgent
from goodword.rig.demo.automation import automate
from goodword.rig.demo.material import articles, canned_answers
from goodword.routing import Skill, change_settings
from goodword.staff import Agent, Caller, Profile, Shifts, Span, Team, add_agent, create_team, hashed, set_duty, set_up


@dataclass(frozen=True)
class Stage:
    """``agents`` by the key of the cast, ``teams`` by name, ``channels`` and ``tokens`` by kind."""

    agents: Mapping[str, Agent]
    teams: Mapping[str, Team]
    channels: Mapping[str, Channel]
    tokens: Mapping[str, str]
    articles: int

    def stamp(self, at: int, agent: CastAgent) -> Stamp:
        """As if he were signed in: with his rights and no others."""
        return Caller(agent=self.agents[agent.key]).stamp(at)

    def actor(self, agent: CastAgent) -> Actor:
        return self.stamp(0, agent).actor


@dataclass(frozen=True)
class Props:
    """What the stage needs and takes time to make, so that it is made before the transaction begins."""

    password_hash: str
    documents: Sequence[Imported]


async def props() -> Props:
    return Props(await hashed(PASSWORD, ADA.email), await asyncio.to_thread(_documents))


async def set_stage(tx: Tx, registry: Registry, at: int, props: Props) -> Stage:
    """``Conflict``: somebody works at this desk already."""
    agents = await _staff(tx, at, props.password_hash)
    founder = Caller(agent=agents[ADA.key])
    teams = {name: await _team(tx, founder.stamp(at + MINUTE), name, agents) for name in TEAMS}
    await _duties(tx, founder.stamp(at + 2 * MINUTE), agents)
    channels, tokens = await _channels(tx, founder.stamp(at + 5 * MINUTE), registry)
    for answer in canned_answers():
        await add_canned_answer(tx, founder.stamp(at + 20 * MINUTE), answer.key, answer.texts)
    await automate(tx, founder.stamp(at + 25 * MINUTE), teams)
    editor = Caller(agent=agents[MEI_LING.key])
    for place, document in enumerate(props.documents):
        await import_document(tx, editor.stamp(at + 30 * MINUTE + place * MINUTE), document)
    return Stage(agents, teams, channels, tokens, len(props.documents))


async def _staff(tx: Tx, at: int, password_hash: str) -> dict[str, Agent]:
    founder = await set_up(tx, Stamp(at, SYSTEM), _profile(ADA), password_hash, COMPANY)
    stamp = Caller(agent=founder).stamp(at)
    agents = {ADA.key: founder}
    for cast in AGENTS[1:]:
        agents[cast.key] = await add_agent(tx, stamp, _profile(cast), password_hash)
    return agents


def _profile(agent: CastAgent) -> Profile:
    return Profile(agent.name, agent.email, agent.role, agent.language, agent.languages)


async def _team(tx: Tx, stamp: Stamp, name: str, agents: Mapping[str, Agent]) -> Team:
    members = tuple(agents[agent.key].id for agent in AGENTS if name in agent.teams)
    return await create_team(tx, stamp, name=name, members=members)


async def _duties(tx: Tx, stamp: Stamp, agents: Mapping[str, Agent]) -> None:
    """Whoever answers does so at any hour: a visitor of the demo comes when he likes.

    One of the six is there and must find the conversations of the others where they were: nothing goes back today.
    """
    skills = tuple(Skill(name) for name in SKILLS)
    wanted = {"skills": skills, "timezone": ADA.timezone, "return_begun_minutes": DAY // MINUTE}
    await change_settings(tx, stamp, wanted)
    for cast in AGENTS:
        if cast.answers:
            shifts = Shifts(cast.timezone, ((Span("00:00", "24:00"),),) * 7)
            await set_duty(tx, stamp, agents[cast.key].id, skills=cast.skills, shifts=shifts)


async def _channels(tx: Tx, stamp: Stamp, registry: Registry) -> tuple[dict[str, Channel], dict[str, str]]:
    added: dict[str, Channel] = {}
    tokens: dict[str, str] = {}
    for cast in CHANNELS:
        manifest = registry.get(cast.kind).manifest
        channel, token = await add_channel(tx, stamp, manifest, cast.name, cast.settings, key=cast.key)
        added[cast.kind] = channel
        if registry.able(cast.kind, "push") and not registry.able(cast.kind, "mailbox"):
            tokens[cast.kind] = token
    return added, tokens


def _documents() -> list[Imported]:
    return [
        prepared(name, data, source=f"fennel-oak/*/{name}", slug=name.removesuffix(".md"), language=language)
        for language in LANGUAGES
        for name, data in articles(language)
    ]
