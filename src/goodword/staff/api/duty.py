"""Who is good at what and works when; and that somebody works now though it isn't his shift."""

from typing import Annotated

from litestar import Router, get, put
from litestar.params import SkipValidation
from msgspec import UNSET, Meta, Struct, UnsetType

from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.staff import duties
from goodword.staff.actions.set_duty import set_duty, work_now
from goodword.staff.model import Caller
from goodword.staff.shifts import Duty, Shifts, Span, next_start, shift_end, today

Label = Annotated[str, Meta(max_length=100)]


class Standing(Struct):
    """How an agent stands to his shifts: ``is_on``: he may be given something now; ``today``: his hours of this day.

    ``ends_at``, ``begins_at`` (ms): when the shift ends that is running, when the next one begins.
    """

    has_shifts: bool
    is_on: bool
    today: tuple[Span, ...] = ()
    ends_at: int | None = None
    begins_at: int | None = None
    extra: bool = False


class Changes(Struct, forbid_unknown_fields=True):
    """What is left out stays; ``shifts`` null: those of his team."""

    skills: tuple[Label, ...] | UnsetType = UNSET
    channel_loads: dict[Label, int] | UnsetType = UNSET
    shifts: Shifts | UnsetType | None = UNSET


class Wish(Struct):
    now: bool


def standing(everyone: duties.Duties, agent_id: str, at: int) -> Standing:
    shifts, is_on = everyone.shifts_of(agent_id), everyone.is_on(agent_id, at)
    if shifts is None:
        return Standing(has_shifts=False, is_on=is_on)
    extra = at < everyone.of(agent_id).extra_until
    return Standing(True, is_on, today(shifts, at), shift_end(shifts, at), next_start(shifts, at), extra)


@put("/agents/{agent_id:str}/duty", summary="Change an agent's skills, loads by channel or shifts")
async def change_duty(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller, agent_id: str, data: Changes
) -> Duty:
    stamp = caller.stamp(clock.now())
    return await database.write(
        set_duty, stamp, agent_id, skills=data.skills, channel_loads=data.channel_loads, shifts=data.shifts
    )


@get("/me/duty", summary="Whether it is my shift")
async def my_duty(database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller) -> Standing:
    return standing(await database.read(duties.all_duties), caller.person.id, clock.now())


@put("/me/duty", summary="Work now though it isn't my shift, or no longer")
async def change_my_duty(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller, data: Wish
) -> Standing:
    stamp = caller.stamp(clock.now())

    async def deed(tx: Tx) -> Standing:
        await work_now(tx, stamp, caller.person.id, data.now)
        return standing(await duties.all_duties(tx), caller.person.id, stamp.at)

    return await database.write(deed)


routes = Router("/api/v1", route_handlers=[change_duty, my_duty, change_my_duty], tags=["Staff"])
