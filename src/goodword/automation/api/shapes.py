"""What rules and macros look like from outside."""

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from goodword.automation.actions.leave_team import teams_named
from goodword.automation.conflicts import Conflict, conflicts
from goodword.automation.filling import Voice
from goodword.automation.model import Condition, Macro, Rule, When
from goodword.automation.sentences import Words
from goodword.automation.steps import AnyStep
from goodword.platform.events import Actor
from goodword.platform.settings import Settings
from goodword.staff import Scope

Line = Annotated[str, Meta(max_length=500)]
Steps = Annotated[tuple[AnyStep, ...], Meta(max_length=100)]
Conditions = Annotated[tuple[Condition, ...], Meta(max_length=100)]


class NewRule(msgspec.Struct, forbid_unknown_fields=True):
    """Switched off, until it is asked otherwise. ``id``: of the rule that a draft is to replace, in a dry run."""

    name: Line
    when: When
    steps: Steps
    conditions: Conditions = ()
    any: bool = False
    enabled: bool = False
    stop: bool = False
    id: Line = ""


class RuleChanges(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays."""

    name: Line | UnsetType = UNSET
    when: When | UnsetType = UNSET
    steps: Steps | UnsetType = UNSET
    conditions: Conditions | UnsetType = UNSET
    any: bool | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET
    stop: bool | UnsetType = UNSET
    position: Annotated[int, Meta(ge=0, le=1_000)] | UnsetType = UNSET


class RuleView(msgspec.Struct):
    """``sentence`` says it all; ``times`` it was applied in the last thirty days, the last time at ``last_at``.

    ``gone``: it names a team that is no more.
    """

    id: str
    name: str
    enabled: bool
    position: int
    when: When
    conditions: tuple[Condition, ...]
    any: bool
    steps: tuple[AnyStep, ...]
    stop: bool
    sentence: str
    times: int = 0
    last_at: int | None = None
    gone: bool = False


class ConflictView(msgspec.Struct):
    rules: tuple[str, str]
    about: str
    sentence: str


class NewMacro(msgspec.Struct, forbid_unknown_fields=True):
    name: Line
    steps: Steps
    scope: Scope = "mine"
    team_id: Line | None = None


class MacroChanges(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays."""

    name: Line | UnsetType = UNSET
    steps: Steps | UnsetType = UNSET
    scope: Scope | UnsetType = UNSET
    team_id: Line | UnsetType | None = UNSET


class MacroView(msgspec.Struct):
    """``lines``: what it does, step by step, in words; ``mine``: whoever asks made it."""

    id: str
    name: str
    scope: Scope
    team_id: str | None
    mine: bool
    steps: tuple[AnyStep, ...]
    lines: list[str]


def given(changes: msgspec.Struct) -> dict[str, Any]:
    """Those fields that were sent."""
    return {name: value for name, value in msgspec.structs.asdict(changes).items() if value is not UNSET}


def drafted(data: NewRule) -> Rule:
    values = msgspec.structs.asdict(data)
    return Rule(**{**values, "name": " ".join(data.name.split()), "position": 1 << 20})


def rule_view(rule: Rule, words: Words, done: tuple[int, int] | None = None) -> RuleView:
    times, last_at = done or (0, None)
    gone = words.misses(teams_named(rule))
    return RuleView(**msgspec.structs.asdict(rule), sentence=words.rule(rule), times=times, last_at=last_at, gone=gone)


def macro_view(macro: Macro, words: Words, agent_id: str | None) -> MacroView:
    lines = [words.line(words.step(step)) for step in macro.steps]
    mine = macro.owner == agent_id
    return MacroView(macro.id, macro.name, macro.scope, macro.team_id, mine, macro.steps, lines)


def conflict_views(rules: list[Rule], words: Words) -> list[ConflictView]:
    called = {rule.id: rule.name for rule in rules}
    return [_conflict_view(one, words, called) for one in conflicts(rules)]


def _conflict_view(conflict: Conflict, words: Words, called: dict[str, str]) -> ConflictView:
    return ConflictView(conflict.rules, conflict.about, words.conflict(conflict, called))


def voice_of(settings: Settings) -> Voice:
    """How the program speaks at this desk."""
    return Voice(Actor("assistant", "assistant", settings.assistant_name), settings.company, settings.language)
