"""What the desk of Fennel & Oak does by itself, and what its agents do with one key."""

from collections.abc import Mapping
from typing import Any

import msgspec

from goodword.automation import Condition, Macro, Rule, When, add_macro, add_rule
from goodword.automation.steps import AnyStep
from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.rig.demo.material import company
from goodword.staff import Team


class Written(msgspec.Struct, frozen=True):
    """A rule or macro as it stands in the company's folder; teams go by their names there."""

    name: str
    steps: tuple[dict[str, Any], ...]
    when: When = When("opened")
    conditions: tuple[Condition, ...] = ()


class Material(msgspec.Struct, frozen=True):
    rules: tuple[Written, ...]
    macros: tuple[Written, ...]


async def automate(tx: Tx, stamp: Stamp, teams: Mapping[str, Team]) -> None:
    """Rules that are in force, and macros for everyone."""
    material = msgspec.json.decode(company().joinpath("automation.json").read_bytes(), type=Material)
    for one in material.rules:
        rule = Rule("", one.name, True, 0, one.when, one.conditions, False, _steps(one, teams))
        await add_rule(tx, stamp, rule)
    for one in material.macros:
        await add_macro(tx, stamp, Macro("", one.name, "everyone", None, "", _steps(one, teams)))


def _steps(written: Written, teams: Mapping[str, Team]) -> tuple[AnyStep, ...]:
    named = [{**step, "team": teams[step["team"]].id} if "team" in step else step for step in written.steps]
    return msgspec.convert(named, tuple[AnyStep, ...])
