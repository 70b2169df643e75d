"""Rules: written, tried on what is past, and asked what they have done."""

from typing import Annotated, Any

import msgspec
from litestar import delete, get, patch, post
from litestar.params import Parameter
from msgspec import Meta

from goodword.automation import doings, store
from goodword.automation.actions.keep_rule import add_rule, edit_rule
from goodword.automation.actions.remove_rule import remove_rule
from goodword.automation.api.shapes import (
    ConflictView,
    NewRule,
    RuleChanges,
    RuleView,
    conflict_views,
    drafted,
    given,
    rule_view,
)
from goodword.automation.calling import webhook_secret
from goodword.automation.doings import Told
from goodword.automation.dry_run import MOST_DAYS, DryRun, dry_run
from goodword.automation.model import Rule, checked_rule
from goodword.automation.naming import names
from goodword.automation.sentences import Words
from goodword.conversations import inbox
from goodword.conversations.inbox import InboxRow
from goodword.customers.model import CustomerRef
from goodword.platform.clock import DAY, Clock
from goodword.platform.db import Database, Row, Tx
from goodword.staff import Caller

COUNTED = 30 * DAY
END = 1 << 62


class Rules(msgspec.Struct):
    """``secret`` signs the webhooks that rules and macros call."""

    rules: list[RuleView]
    conflicts: list[ConflictView]
    secret: str


class DryRunAsked(msgspec.Struct, forbid_unknown_fields=True):
    rule: NewRule
    days: Annotated[int, Meta(ge=1, le=MOST_DAYS)] = 30


class TouchView(msgspec.Struct):
    at: int
    why: list[str]


class ExampleView(msgspec.Struct):
    conversation: InboxRow
    touches: list[TouchView]
    would: list[str]


class DryRunView(msgspec.Struct):
    """See ``DryRun``."""

    checked: int
    matched: int
    times: int
    since: int
    whole: bool
    examples: list[ExampleView]
    conflicts: list[ConflictView]


class Doing(msgspec.Struct):
    """``outcome``: applied, or what came in between; ``trouble`` says it in words. ``did`` names what was refused."""

    id: int
    at: int
    conversation_id: str
    number: int
    customer: CustomerRef
    outcome: str
    why: list[str]
    did: list[str]
    trouble: str | None


class Log(msgspec.Struct):
    doings: list[Doing]
    next: int | None


@get("/rules")
async def list_rules(caller: Caller, database: Database, clock: Clock, language: str, secret_key: bytes) -> Rules:
    """All rules in their order, what they have done lately, and where they get into each other's way."""
    caller.need("automation.manage")
    return await database.read(_rules, language, clock.now(), webhook_secret(secret_key))


@post("/rules")
async def new_rule(data: NewRule, caller: Caller, database: Database, clock: Clock, language: str) -> RuleView:
    """A new rule, the last in order."""
    added = await database.write(add_rule, caller.stamp(clock.now()), drafted(data))
    return await database.read(_view, added, language)


@patch("/rules/{id:str}")
async def change_rule(
    id: str, data: RuleChanges, caller: Caller, database: Database, clock: Clock, language: str
) -> RuleView:
    """In force at once as it is then."""
    changed = await database.write(edit_rule, caller.stamp(clock.now()), id, given(data))
    return await database.read(_view, changed, language)


@delete("/rules/{id:str}")
async def drop_rule(id: str, caller: Caller, database: Database, clock: Clock) -> None:
    """What it has done stays done."""
    await database.write(remove_rule, caller.stamp(clock.now()), id)


@post("/rules/dry-run", status_code=200)
async def try_rule(data: DryRunAsked, caller: Caller, database: Database, clock: Clock, language: str) -> DryRunView:
    """What a rule would have done in the last days; nothing is written."""
    caller.need("automation.manage")
    draft = checked_rule(msgspec.structs.replace(drafted(data.rule), enabled=True))
    done = await dry_run(database, draft, data.days, clock.now())
    return await database.read(_presented, done, draft, language, caller.agent.id if caller.agent else None)


@get("/rules/{id:str}/log")
async def read_log(
    id: str,
    caller: Caller,
    database: Database,
    language: str,
    before: Annotated[int, Parameter(ge=0, le=END)] = END,
    limit: Annotated[int, Parameter(ge=1, le=200)] = 50,
) -> Log:
    """What a rule did and why, newest first."""
    caller.need("automation.manage")
    return await database.read(_log, id, before, limit, language)


handlers = [list_rules, new_rule, change_rule, drop_rule, try_rule, read_log]


async def _rules(tx: Tx, language: str, now: int, secret: str) -> Rules:
    words, rules = Words(language, await names(tx)), await store.all_rules(tx)
    done = await doings.counts(tx, now - COUNTED)
    return Rules([rule_view(rule, words, done.get(rule.id)) for rule in rules], conflict_views(rules, words), secret)


async def _view(tx: Tx, rule: Rule, language: str) -> RuleView:
    return rule_view(rule, Words(language, await names(tx)))


async def _presented(tx: Tx, done: DryRun, draft: Rule, language: str, agent_id: str | None) -> DryRunView:
    words = Words(language, await names(tx))
    would = [words.line(words.step(step)) for step in draft.steps]
    rows = {row.id: row for row in await inbox.rows_of(tx, [one.conversation_id for one in done.examples], agent_id)}
    examples = [
        ExampleView(
            rows[example.conversation_id],
            [
                TouchView(touch.at, [words.line(words.reason(reason)) for reason in touch.why])
                for touch in example.touches
            ],
            would,
        )
        for example in done.examples
        if example.conversation_id in rows
    ]
    others = [rule for rule in await store.all_rules(tx) if rule.id != draft.id]
    concerned = [one for one in conflict_views([*others, draft], words) if draft.id in one.rules]
    return DryRunView(done.checked, done.matched, done.times, done.since, done.whole, examples, concerned)


async def _log(tx: Tx, id: str, before: int, limit: int, language: str) -> Log:
    await store.get_rule(tx, id)
    words = Words(language, await names(tx))
    found = await doings.log_of(tx, id, before, limit + 1)
    shown = [_doing(row, told, words) for row, told in found[:limit]]
    return Log(shown, shown[-1].id if len(found) > limit else None)


def _doing(row: Row, told: Told, words: Words) -> Doing:
    refused: dict[int, Any] = dict(told.refused)
    return Doing(
        id=row["id"],
        at=row["at"],
        conversation_id=row["conversation_id"],
        number=row["number"],
        customer=CustomerRef(row["customer_id"] or "", row["customer_name"] or "", bool(row["anonymous"])),
        outcome=row["outcome"],
        why=[words.line(words.reason(reason)) for reason in told.why],
        did=[
            words.refused(step, refused[place], {}) if place in refused else words.line(words.step(step))
            for place, step in enumerate(told.steps)
        ],
        trouble=words.trouble(told.trouble) if told.trouble else None,
    )
