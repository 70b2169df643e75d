"""What automation adds to a time line, and to the log of settings."""

from typing import Any

import msgspec

from goodword.automation.matching import Reason
from goodword.automation.model import Macro, Rule
from goodword.automation.steps import AnyStep
from goodword.conversations.model import Ref
from goodword.platform.events import Fact


class Refusal(msgspec.Struct, frozen=True):
    """A step that could not be carried out: its place among the steps, and why, as errors name it."""

    step: int
    code: str
    facts: dict[str, Any] = {}


class RuleApplied(Fact):
    """What a rule did and why; on the conversation, for the staff's eyes only. ``reverse`` takes back what can be."""

    rule: Ref
    why: tuple[Reason, ...]
    steps: tuple[AnyStep, ...]
    refused: tuple[Refusal, ...] = ()
    reverse: tuple[AnyStep, ...] = ()


class MacroApplied(Fact):
    """An agent set off a macro; on the conversation, for the staff's eyes only."""

    macro: Ref
    steps: tuple[AnyStep, ...]
    refused: tuple[Refusal, ...] = ()
    reverse: tuple[AnyStep, ...] = ()


class AutomationUndone(Fact):
    """What a rule or macro had done (the event ``applied_id``) was taken back."""

    applied_id: str
    what: Ref


class RuleKept(Fact):
    rule: Rule


class RuleRemoved(Fact):
    rule: Ref


class MacroKept(Fact):
    macro: Macro


class MacroRemoved(Fact):
    macro: Ref
