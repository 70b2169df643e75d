"""How this desk gives out its conversations, as somebody with the right to it has set it."""

from typing import Final

import msgspec

from goodword.conversations.model import Priority, checked_tag
from goodword.customers.model import Tier
from goodword.platform.clock import MINUTE
from goodword.platform.errors import BadInput
from goodword.staff import Shifts
from goodword.staff.model import Strategy
from goodword.staff.profile import MOST_MINUTES, checked_labels
from goodword.staff.shifts import checked_shifts, checked_zone

MOST_DAYS: Final = 365
MOST_RULES: Final = 200
AHEAD: Final = {"vip": 10, "plus": 4, "urgent": 10, "high": 5, "low": -5}


class Skill(msgspec.Struct, frozen=True):
    """``must``: who doesn't have it never gets such a conversation; else those who have it come first for a while."""

    name: str
    must: bool = False


class ChannelRule(msgspec.Struct, frozen=True):
    """Where what comes in through a channel belongs."""

    team_id: str | None = None
    skill: str | None = None


class RoutingSettings(msgspec.Struct, frozen=True):
    """Times in minutes unless the name says otherwise.

    ``tags``: the skill that a tag asks for; ``channels`` by the channel's id. ``any_language``: better in another
    language than not at all. ``skill_minutes``: so long those with the skill are waited for. ``last_agent_days``: so
    long a customer is his last agent's, who is waited for ``last_agent_minutes`` when he is there and full. A
    conversation whose agent is gone goes back after ``return_new_minutes`` when he hasn't begun it, and when the
    customer has waited for ``return_begun_minutes`` where he has. ``ahead``: by how much a tier or a priority comes
    before its time in the queue. ``timezone``: by whose clock one hour of the day differs from another. ``opening``:
    what customers are told; None: whenever somebody's shift is.
    """

    strategy: Strategy = "least_loaded"
    skills: tuple[Skill, ...] = ()
    tags: dict[str, str] = msgspec.field(default_factory=dict)
    channels: dict[str, ChannelRule] = msgspec.field(default_factory=dict)
    any_language: bool = True
    skill_minutes: int = 5
    last_agent_days: int = 30
    last_agent_minutes: int = 0
    return_new_minutes: int = 1
    return_begun_minutes: int = 10
    ahead: dict[str, int] = msgspec.field(default_factory=lambda: dict(AHEAD))
    timezone: str = "UTC"
    opening: Shifts | None = None

    @property
    def musts(self) -> frozenset[str]:
        return frozenset(skill.name for skill in self.skills if skill.must)

    def skills_for(self, tags: list[str], channel_id: str) -> tuple[str, ...]:
        """What it takes to answer a conversation with these tags that came in through this channel."""
        rule = self.channels.get(channel_id)
        wanted = [self.tags[tag] for tag in tags if tag in self.tags] + ([rule.skill] if rule and rule.skill else [])
        listed = {skill.name for skill in self.skills}
        return tuple(dict.fromkeys(skill for skill in wanted if skill in listed))

    def team_for(self, channel_id: str) -> str | None:
        rule = self.channels.get(channel_id)
        return rule.team_id if rule else None

    def head_start(self, tier: Tier, priority: Priority) -> int:
        """Milliseconds by which such a conversation comes before its time."""
        return (self.ahead.get(tier, 0) + self.ahead.get(priority, 0)) * MINUTE


NUMBERS: Final = ("skill_minutes", "last_agent_minutes", "return_new_minutes", "return_begun_minutes")


def checked(settings: RoutingSettings) -> RoutingSettings:
    """As it is kept. ``BadInput`` names the first field that can't be."""
    names = checked_labels(skill.name for skill in settings.skills)
    if len(names) != len(settings.skills):
        raise BadInput("skill_twice", fields={"skills": "skill_twice"})
    skills = tuple(Skill(name, skill.must) for name, skill in zip(names, settings.skills, strict=True))
    tags = {checked_tag(tag): skill for tag, skill in settings.tags.items()}
    if len(tags) > MOST_RULES or len(settings.channels) > MOST_RULES:
        raise BadInput("settings", fields={"tags": "settings"})
    if not set(tags.values()) <= set(names):
        raise BadInput("unknown_skill", fields={"tags": "unknown_skill"})
    for field in NUMBERS:
        _between(field, getattr(settings, field), 0, MOST_MINUTES)
    _between("last_agent_days", settings.last_agent_days, 0, MOST_DAYS)
    if not set(settings.ahead) <= set(AHEAD):
        raise BadInput("settings", fields={"ahead": "settings"})
    for minutes in settings.ahead.values():
        _between("ahead", minutes, -MOST_MINUTES, MOST_MINUTES)
    checked_zone(settings.timezone)
    if settings.opening:
        checked_shifts(settings.opening)
    return msgspec.structs.replace(settings, skills=skills, tags=tags)


def _between(field: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise BadInput("minutes", fields={field: "minutes"}, limit=most)
