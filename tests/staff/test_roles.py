"""Roles of our own: what they give, who may give it, and that it counts at once."""

import pytest

from goodword.platform.errors import BadInput, Conflict, Forbidden, NotFound
from goodword.platform.events import SYSTEM, Stamp, latest
from goodword.staff import (
    RIGHTS,
    ROLES,
    Caller,
    Place,
    Profile,
    add_agent,
    authenticate,
    available_agents,
    connect,
    create_role,
    disable,
    edit_agent,
    edit_role,
    enable,
    find_agent,
    is_still_in,
    remove_role,
    reset_password,
    sign_in,
)
from goodword.staff.actions.two_factor import reset_two_factor

from .conftest import PASSWORD

pytestmark = pytest.mark.anyio
HELPER = ("conversations.read", "conversations.answer", "staff.read")


def as_caller(agent, clock):
    return Caller(agent=agent).stamp(clock.now())


@pytest.fixture
async def lead(database, clock, ada):
    """A role that may manage roles and people, and not much else."""
    rights = ("staff.manage", "roles.manage", "staff.read", "conversations.read", "conversations.answer")
    return await database.write(create_role, as_caller(ada, clock), name="Lead", rights=rights)


@pytest.fixture
async def noor(database, clock, ada, lead, password_hash):
    profile = Profile("Noor Haddad", "noor@fennel-oak.example", role=lead.id)
    return await database.write(add_agent, as_caller(ada, clock), profile, password_hash)


async def test_a_role_is_made_given_changed_and_counts_with_the_next_request(database, clock, ada, li_na):
    admin = as_caller(ada, clock)
    _, cookie = await sign_in(database, clock.now(), email=li_na.email, password=PASSWORD, place=Place("192.0.2.7"))
    helper = await database.write(create_role, admin, name="  Helper ", rights=HELPER)
    assert (helper.name, helper.rights) == ("Helper", ("conversations.read", "conversations.answer", "staff.read"))
    await database.write(edit_agent, admin, li_na.id, role=helper.id)
    caller = await authenticate(database, clock, cookie=cookie, authorization=None)
    assert (caller.rights, caller.person.role_name) == (frozenset(HELPER), "Helper")
    assert await is_still_in(database, clock, caller)
    await database.write(edit_role, admin, helper.id, rights=("conversations.read",))
    # A line that stays open has the rights of yesterday: it must come back.
    assert not await is_still_in(database, clock, caller)
    caller = await authenticate(database, clock, cookie=cookie, authorization=None)
    assert caller.rights == {"conversations.read"}
    [made, changed] = await database.read(latest, helper.id, 5)
    assert (made.type, changed.type, changed.fact().previous) == ("RoleCreated", "RoleEdited", helper.rights)


async def test_the_built_in_roles_stay_as_they_are(database, clock, ada):
    for role in ROLES:
        with pytest.raises(Conflict, match="role_built_in"):
            await database.write(edit_role, as_caller(ada, clock), role, rights=RIGHTS)
        with pytest.raises(Conflict, match="role_built_in"):
            await database.write(remove_role, as_caller(ada, clock), role)


async def test_nobody_gives_a_right_that_he_has_not(database, clock, ada, noor, lead, li_na):
    stamp = as_caller(noor, clock)
    with pytest.raises(Forbidden):
        await database.write(create_role, stamp, name="Mighty", rights=("audit.read",))
    with pytest.raises(Forbidden):
        await database.write(edit_role, stamp, lead.id, rights=RIGHTS)
    for role in ("admin", "agent"):
        with pytest.raises(Forbidden):
            await database.write(edit_agent, stamp, noor.id, role=role)
        with pytest.raises(Forbidden):
            await database.write(add_agent, stamp, Profile("Théo", "theo@fennel-oak.example", role=role), "hash")
    smaller = await database.write(create_role, stamp, name="Small", rights=HELPER)
    added = await database.write(add_agent, stamp, Profile("Théo", "theo@fennel-oak.example", role=smaller.id), "hash")
    assert added.rights == set(HELPER)


async def test_nobody_touches_whoever_may_more(database, clock, ada, noor):
    stamp = as_caller(noor, clock)
    for deed, *rest in (
        (edit_agent, ada.id),
        (disable, ada.id),
        (enable, ada.id),
        # The short way to become Ada.
        (reset_password, ada.id, "hash"),
        (reset_two_factor, ada.id),
    ):
        with pytest.raises(Forbidden):
            await database.write(deed, stamp, *rest)
    mighty = await database.write(create_role, as_caller(ada, clock), name="Mighty", rights=RIGHTS)
    with pytest.raises(Forbidden):
        await database.write(edit_role, stamp, mighty.id, rights=HELPER)
    with pytest.raises(Forbidden):
        await database.write(remove_role, stamp, mighty.id)


async def test_the_last_who_may_everything_can_not_lose_it(database, clock, ada, lead):
    mighty = await database.write(create_role, as_caller(ada, clock), name="Mighty", rights=RIGHTS)
    for role in (lead.id, mighty.id):
        with pytest.raises(Conflict, match="last_admin"):
            await database.write(edit_agent, as_caller(ada, clock), ada.id, role=role)


async def test_a_role_is_removed_once_nobody_has_it(database, clock, ada, noor, lead):
    stamp = as_caller(ada, clock)
    await database.write(disable, stamp, noor.id)
    with pytest.raises(Conflict, match="role_in_use"):
        await database.write(remove_role, stamp, lead.id)
    await database.write(edit_agent, stamp, noor.id, role="analyst")
    await database.write(remove_role, stamp, lead.id)
    with pytest.raises(NotFound):
        await database.write(remove_role, stamp, lead.id)
    with pytest.raises(BadInput, match="role"):
        await database.write(edit_agent, stamp, noor.id, role=lead.id)
    assert (await database.read(find_agent, noor.id)).role == "analyst"


async def test_a_name_is_taken_once_and_rights_must_exist(database, clock, ada, lead):
    stamp = as_caller(ada, clock)
    with pytest.raises(Conflict, match="role_taken"):
        await database.write(create_role, stamp, name="Lead", rights=HELPER)
    with pytest.raises(BadInput, match="rights"):
        await database.write(create_role, stamp, name="Other", rights=("everything",))
    with pytest.raises(BadInput, match="name"):
        await database.write(create_role, stamp, name=" ", rights=HELPER)


async def test_who_has_a_role_of_ours_that_answers_is_given_conversations(database, clock, ada, noor, li_na):
    for agent in (noor, li_na):
        await database.write(connect, Stamp(clock.now(), SYSTEM), agent.id, f"c-{agent.id}")
    quiet = await database.write(create_role, as_caller(ada, clock), name="Quiet", rights=("conversations.read",))
    assert {one.id for one in await database.read(available_agents, clock.now())} == {noor.id, li_na.id}
    await database.write(edit_agent, as_caller(ada, clock), li_na.id, role=quiet.id)
    assert {one.id for one in await database.read(available_agents, clock.now())} == {noor.id}
