"""``goodword audit``: is the log still what it was?"""

import asyncio
from pathlib import Path
from typing import Any

import click

from goodword.app import open_desk
from goodword.cli.options import data_option, json_option, quiet_settings, show
from goodword.platform.audit.model import BEGINNING, Anchor, Verdict, parse_anchor
from goodword.platform.settings import Settings

TOLD = {
    "changed": "The log was CHANGED: event {seq} (link {position}) says something else than it did.",
    "missing": "The log was CHANGED: event {seq} (link {position}) is gone.",
    "gap": "The log was CHANGED: links from {position} on are gone.",
    "slipped_in": "The log was CHANGED: event {seq} was slipped in among older ones.",
    "unannounced": "The log was CHANGED: the content of event {seq} was taken out without a record of it.",
    "anchor": "This is ANOTHER LOG: link {position} is not the one that was written down.",
}


@click.group()
def audit() -> None:
    """Verify that nobody has changed what was recorded."""


@audit.command()
@data_option
@json_option
@click.option("--from-anchor", "anchor", help="What `head` printed earlier: everything since is looked at.")
def verify(data: Path | None, as_json: bool, anchor: str | None) -> None:
    """Reckon the whole chain anew; exit code 1 where it doesn't fit.

    Without an anchor that was kept elsewhere this doesn't notice a chain that was made anew as a whole.
    """
    start = parse_anchor(anchor) if anchor else BEGINNING
    verdict = asyncio.run(_verify(quiet_settings(data), start))
    show({"sound": verdict.sound, "head": str(verdict.head), **_facts(verdict)}, as_json, _told)
    raise SystemExit(0 if verdict.sound else 1)


@audit.command()
@data_option
@json_option
def head(data: Path | None, as_json: bool) -> None:
    """Link what is waiting and print where the chain ends: keep it where this desk's machine can't reach."""
    end = asyncio.run(_head(quiet_settings(data)))
    show({"head": str(end)}, as_json, lambda answer: str(answer["head"]))


async def _verify(settings: Settings, start: Anchor) -> Verdict:
    from goodword.platform.audit import verify as run

    async with open_desk(settings, reacting=False) as desk:
        return await run(desk.services.database, start)


async def _head(settings: Settings) -> Anchor:
    from goodword.platform.audit import head as end
    from goodword.platform.audit import link_settled

    async with open_desk(settings, reacting=False) as desk:
        await link_settled(desk.services.database)
        return await desk.services.database.read(end)


def _facts(verdict: Verdict) -> dict[str, Any]:
    return {
        "checked": verdict.checked,
        "redacted": verdict.redacted,
        "waiting": verdict.waiting,
        "trouble": verdict.trouble,
    }


def _told(answer: dict[str, Any]) -> str:
    trouble = answer["trouble"]
    lines = [TOLD[trouble["kind"]].format(**trouble)] if trouble else ["The log is what it was."]
    lines.append(f"{answer['checked']} events verified, {answer['waiting']} not linked yet. Head: {answer['head']}")
    if answer["redacted"]:
        lines.append(f"The content of {answer['redacted']} was taken out, with a record of it.")
    return "\n".join(lines)
