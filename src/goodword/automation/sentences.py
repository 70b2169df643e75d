"""Rules, steps, reasons and conflicts in words, in each of our languages; made from data and from nothing else."""

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

import msgspec

from goodword.automation.conflicts import Conflict
from goodword.automation.matching import Reason
from goodword.automation.model import NAMED, Condition, Hours, Rule, When
from goodword.automation.steps import (
    TRIGGER,
    AnyStep,
    AskRating,
    Assign,
    Close,
    GiveBack,
    HandOver,
    Note,
    Reopen,
    Reply,
    SetField,
    SetPriority,
    Snooze,
    Spam,
    Tag,
    Team,
    Untag,
    Webhook,
)
from goodword.platform.clock import DAY, HOUR, MINUTE
from goodword.platform.i18n import has_text, text

EXCERPT = 60
# Values with words of their own: `value.<field>.<value>`.
WORDED = ("status", "handler", "priority", "mood", "actor", "before", "language")


class Names(msgspec.Struct, frozen=True):
    """What ids are called: channels, teams and agents by id, own fields by key, macros' canned answers as they are."""

    channels: Mapping[str, str] = {}
    teams: Mapping[str, str] = {}
    agents: Mapping[str, str] = {}
    fields: Mapping[str, str] = {}


class Words:
    """Speaks one language about the things of one desk."""

    def __init__(self, language: str, names: Names) -> None:
        self._language = language
        self._names = names

    def rule(self, rule: Rule) -> str:
        """“When the customer writes, if the text contains “refund”, then …”."""
        event, steps = self.when(rule.when), self.joined([self.step(step) for step in rule.steps], "steps")
        if not rule.conditions:
            return self._capital(self._say("sentence.always", event=event, steps=steps))
        conditions = self.joined([self.condition(one) for one in rule.conditions], "any" if rule.any else "all")
        return self._capital(self._say("sentence.if", event=event, conditions=conditions, steps=steps))

    def when(self, when: When) -> str:
        key = f"when.{when.event}"
        if when.minutes is not None:
            return self._say(key, value=self.duration(when.minutes))
        if when.about and when.event in NAMED:
            about = self._names.fields.get(when.about, when.about) if when.event == "field_set" else when.about
            return self._say(f"{key}.about", value=self._quoted(about))
        return self._say(key)

    def condition(self, condition: Condition | Reason) -> str:
        key = f"if.{condition.field}.{condition.op}"
        return self._say(key, value=self._value(condition), key=self._field(condition.key))

    def reason(self, reason: Reason) -> str:
        """A condition as it held, with what was found where that says more."""
        found = reason.found
        if reason.field in ("text", "tag") and reason.op == "any" and isinstance(found, list | tuple):
            return self.condition(msgspec.structs.replace(reason, value=found))
        if reason.field in ("waiting", "messages", "rating") and isinstance(found, int | float):
            return self._say("why.number", condition=self.condition(reason), found=self._number(reason.field, found))
        return self.condition(reason)

    def step(self, step: AnyStep) -> str:
        match step:
            case Reply(canned=canned) if canned:
                return self._say("do.reply.canned", value=f"/{canned}")
            case Reply(texts=texts):
                return self._say("do.reply", value=self._quoted(self._shown(texts)))
            case Note(text=note):
                return self._say("do.note", value=self._quoted(_excerpt(note)))
            case Tag(tags=tags):
                return self._say("do.tag", value=self._list(tags))
            case Untag(tags=tags):
                return self._say("do.untag", value=self._list(tags))
            case Assign(agent=None):
                return self._say("do.assign.nobody")
            case Assign(agent=agent) if agent == TRIGGER:
                return self._say("do.assign.trigger")
            case Assign(agent=agent):
                return self._say("do.assign", value=self._names.agents.get(agent or "", "?"))
            case Team(team=team):
                return self._say("do.team", value=self._team(team))
            case SetPriority(priority=priority):
                return self._say("do.priority", value=self._say(f"value.priority.{priority}"))
            case SetField(key=key, value=None):
                return self._say("do.field.empty", key=self._field(key))
            case SetField(key=key, value=value):
                return self._say("do.field", key=self._field(key), value=self._plain(value))
            case Snooze():
                return self._snooze(step)
            case Close() | Reopen() | HandOver() | GiveBack() | AskRating():
                return self._say(f"do.{step.__struct_config__.tag}")
            case Spam(on=on):
                return self._say("do.spam" if on else "do.spam.off")
            case Webhook(url=url):
                return self._say("do.webhook", value=url)

    def misses(self, teams: frozenset[str]) -> bool:
        """Whether one of these (ids) is no more."""
        return not teams <= self._names.teams.keys()

    def refused(self, step: AnyStep, code: str, facts: Mapping[str, Any]) -> str:
        return self._say("log.refused", step=self._capital(self.step(step)), why=self.trouble(code, facts))

    def trouble(self, code: str, facts: Mapping[str, Any] | None = None) -> str:
        """Why something came to nothing."""
        if has_text(f"automation.trouble.{code}"):
            return self._say(f"trouble.{code}", **(facts or {}))
        key = f"errors.{code}"
        return text(self._language, key if has_text(key) else f"errors.{code.partition('.')[0]}", **(facts or {}))

    def conflict(self, conflict: Conflict, rules: Mapping[str, str]) -> str:
        one, other = (self._quoted(rules[id]) for id in conflict.rules)
        key = self._field(conflict.key) if conflict.about == "field" else self._quoted(conflict.key)
        return self._say(f"conflict.{conflict.about}", one=one, other=other, key=key)

    def line(self, words: str) -> str:
        """A phrase as a line of its own."""
        return self._capital(words)

    def final(self, line: str) -> str:
        """A line about what can't be undone."""
        return self._say("preview.final", line=line)

    def fallback(self, wanted: str, language: str) -> str:
        """That a text is missing in the customer's language."""
        facts = {"wanted": self._one("language", wanted), "language": self._one("language", language)}
        return self._capital(self._say("preview.fallback", **facts))

    def joined(self, parts: Sequence[str], how: str) -> str:
        return reduce(lambda a, b: self._say(f"join.{how}", a=a, b=b), parts)

    def duration(self, minutes: int) -> str:
        for unit, name in ((DAY, "days"), (HOUR, "hours")):
            if minutes * MINUTE % unit == 0:
                return self._say(f"duration.{name}", count=minutes * MINUTE // unit)
        return self._say("duration.minutes", count=minutes)

    def _snooze(self, step: Snooze) -> str:
        if step.morning is not None:
            return self._say("do.snooze.morning", value=step.morning, zone=step.time_zone)
        if step.minutes is not None:
            return self._say("do.snooze", value=self.duration(step.minutes))
        return self._say("do.snooze.again")

    def _value(self, condition: Condition | Reason) -> str:
        field, value = condition.field, condition.value
        if field == "hours":
            return self._hours(msgspec.convert(value, Hours))
        if isinstance(value, list | tuple):
            return self.joined([self._one(field, one) for one in value], "any")
        if field in ("waiting", "messages", "rating") and value is not None:
            return self._number(field, value)
        return self._one(field, value)

    def _number(self, field: str, value: float) -> str:
        if field == "waiting":
            return self.duration(int(value))
        return self._say("value.messages", count=int(value)) if field == "messages" else str(value)

    def _one(self, field: str, value: Any) -> str:
        match field:
            case "channel":
                return self._names.channels.get(value, "?")
            case "team":
                return self._team(value)
            case "assignee":
                return self._names.agents.get(value, "?")
            case "text" | "tag":
                return self._quoted(value)
            case _ if field in WORDED:
                key = f"value.{field}.{value}"
                return self._say(key) if has_text(f"automation.{key}") else str(value)
            case _:
                return self._plain(value)

    def _team(self, id: str) -> str:
        return self._names.teams.get(id) or self._say("value.team.gone")

    def _plain(self, value: Any) -> str:
        if isinstance(value, bool):
            return self._say("value.yes" if value else "value.no")
        return self._quoted(value) if isinstance(value, str) else str(value)

    def _hours(self, hours: Hours) -> str:
        days = self.joined([self._say(f"day.{day}") for day in sorted(hours.days)], "list")
        return self._say("value.hours", days=days, start=hours.start, end=hours.end, zone=hours.time_zone)

    def _list(self, tags: Sequence[str]) -> str:
        return self.joined([self._quoted(tag) for tag in tags], "all")

    def _field(self, key: str | None) -> str:
        return self._quoted(self._names.fields.get(key or "", key or ""))

    def _shown(self, texts: Mapping[str, str]) -> str:
        return _excerpt(texts.get(self._language) or texts.get("en") or next(iter(texts.values()), ""))

    def _quoted(self, value: object) -> str:
        return self._say("quoted", value=value)

    def _say(self, key: str, /, **facts: object) -> str:
        return text(self._language, f"automation.{key}", **facts)

    def _capital(self, words: str) -> str:
        return words[:1].upper() + words[1:]


def _excerpt(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= EXCERPT else f"{line[: EXCERPT - 1]}…"
