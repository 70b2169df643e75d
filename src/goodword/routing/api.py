"""How conversations are given out, over HTTP."""

from typing import Any, Literal

from litestar import Router, get, patch
from litestar.params import SkipValidation
from msgspec import UNSET, Struct, UnsetType

from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.routing import store
from goodword.routing.actions.change_settings import change_settings
from goodword.routing.opening import opens_at
from goodword.routing.settings import ChannelRule, RoutingSettings, Skill
from goodword.staff import Caller, Shifts


class Shown(Struct):
    """``opens_at``: when the desk opens next, as customers are told (ms); null: it is open, or nobody has shifts."""

    settings: RoutingSettings
    opens_at: int | None


class Changes(Struct, forbid_unknown_fields=True):
    """What is left out stays; see ``RoutingSettings``."""

    strategy: Literal["least_loaded", "round_robin"] | UnsetType = UNSET
    skills: tuple[Skill, ...] | UnsetType = UNSET
    tags: dict[str, str] | UnsetType = UNSET
    channels: dict[str, ChannelRule] | UnsetType = UNSET
    any_language: bool | UnsetType = UNSET
    skill_minutes: int | UnsetType = UNSET
    last_agent_days: int | UnsetType = UNSET
    last_agent_minutes: int | UnsetType = UNSET
    return_new_minutes: int | UnsetType = UNSET
    return_begun_minutes: int | UnsetType = UNSET
    ahead: dict[str, int] | UnsetType = UNSET
    timezone: str | UnsetType = UNSET
    opening: Shifts | UnsetType | None = UNSET

    def given(self) -> dict[str, Any]:
        values = {name: getattr(self, name) for name in self.__struct_fields__}
        return {name: value for name, value in values.items() if value is not UNSET}


@get("/", summary="How conversations are given out")
async def show_settings(database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller) -> Shown:
    caller.need("staff.read")

    async def deed(tx: Tx) -> Shown:
        settings = await store.settings(tx)
        return Shown(settings, await opens_at(tx, clock.now(), settings))

    return await database.read(deed)


@patch("/", summary="Change how conversations are given out; it has its effect at once")
async def edit_settings(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller, data: Changes
) -> Shown:
    now = clock.now()

    async def deed(tx: Tx) -> Shown:
        settings = await change_settings(tx, caller.stamp(now), data.given())
        return Shown(settings, await opens_at(tx, now, settings))

    return await database.write(deed)


routes = Router("/api/v1/routing", route_handlers=[show_settings, edit_settings], tags=["Routing"])
