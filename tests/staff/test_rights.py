"""Who may do what."""

import asyncio

import pytest

from goodword.platform.errors import BadInput, Conflict, Forbidden, NotFound
from goodword.platform.events import SYSTEM, Stamp, latest
from goodword.staff import (
    RIGHTS,
    ROLES,
    Caller,
    Profile,
    add_agent,
    company_name,
    create_team,
    create_token,
    disable,
    edit_agent,
    edit_oneself,
    edit_team,
    enable,
    find_agent,
    find_team,
    is_set_up,
    reset_password,
    revoke_token,
    set_up,
)
from goodword.staff.events import AgentAdded

pytestmark = pytest.mark.anyio
NOOR = Profile("Noor Haddad", "Noor@Fennel-Oak.example ", "supervisor", "fr", ("en", "fr", "en"))
THEO = Profile("Théo Martin", "theo@fennel-oak.example", language="fr-CA")


def as_caller(agent, clock):
    return Caller(agent=agent).stamp(clock.now())


async def test_the_first_of_the_staff_is_the_administrator(database, clock, ada):
    assert (ada.role, ada.rights) == ("admin", frozenset(RIGHTS))
    assert await database.read(is_set_up)
    assert await database.read(company_name, "Goodword") == "Fennel & Oak"


async def test_a_desk_is_set_up_once_even_by_two_at_once(database, clock, password_hash):
    stamp = Stamp(clock.now(), SYSTEM)
    deeds = [database.write(set_up, stamp, profile, password_hash) for profile in (NOOR, THEO)]
    outcomes = await asyncio.gather(*deeds, return_exceptions=True)
    assert sorted(isinstance(outcome, Conflict) for outcome in outcomes) == [False, True]
    assert await database.read(company_name, "Goodword") == "Goodword"


async def test_the_administrator_adds_an_agent(database, clock, ada, password_hash):
    noor = await database.write(add_agent, as_caller(ada, clock), NOOR, password_hash)
    assert (noor.email, noor.languages, noor.max_load) == ("noor@fennel-oak.example", ("en", "fr"), 6)
    assert await database.read(find_agent, noor.id) == noor
    [event] = await database.read(latest, noor.id, 5)
    assert event.fact() == AgentAdded(agent=noor.named, role="supervisor")
    assert event.actor.id == ada.id


async def test_a_mailbox_belongs_to_one_agent(database, clock, ada, password_hash):
    for email in ("ADA@fennel-oak.example", "ａda@fennel-oak.example"):
        with pytest.raises(Conflict, match="email_taken"):
            await database.write(add_agent, as_caller(ada, clock), Profile("Ada", email), password_hash)


async def test_the_agent_must_not_manage_the_staff(database, clock, ada, li_na):
    stamp = as_caller(li_na, clock)
    for deed, *rest in (
        (add_agent, THEO, "hash"),
        (edit_agent, ada.id),
        (disable, ada.id),
        (enable, ada.id),
        (reset_password, ada.id, "hash"),
        (revoke_token, "tok_1"),
        (edit_team, "tem_1"),
    ):
        with pytest.raises(Forbidden):
            await database.write(deed, stamp, *rest)
    with pytest.raises(Forbidden):
        await database.write(create_team, stamp, name="Night shift")
    with pytest.raises(Forbidden):
        await database.write(create_token, stamp, name="Mine", scopes=("customers.read",))
    with pytest.raises(Forbidden):
        await database.write(edit_agent, stamp, li_na.id, role="admin")


@pytest.mark.parametrize("role", [role for role in ROLES if role != "admin"])
async def test_only_the_administrator_holds_the_keys(role):
    assert not ROLES[role] & {"staff.manage", "channels.manage", "tokens.manage"}
    assert ROLES[role] <= set(RIGHTS)


async def test_an_analyst_answers_nobody():
    assert "conversations.answer" not in ROLES["analyst"]
    assert "customers.edit" not in ROLES["analyst"]


async def test_a_key_never_opens_more_than_its_giver_may(database, clock, ada):
    giver = Stamp(clock.now(), as_caller(ada, clock).actor, rights=frozenset({"tokens.manage", "customers.read"}))
    token, secret = await database.write(create_token, giver, name="Shop", scopes=("customers.read",))
    assert token.scopes == ("customers.read",)
    assert secret.startswith("gw_")
    with pytest.raises(Forbidden):
        await database.write(create_token, giver, name="Shop", scopes=("customers.read", "staff.manage"))
    for scopes in ((), ("everything",)):
        with pytest.raises(BadInput):
            await database.write(create_token, giver, name="Shop", scopes=scopes)


async def test_one_administrator_always_stays(database, clock, ada, li_na):
    stamp = as_caller(ada, clock)
    with pytest.raises(Conflict, match="last_admin"):
        await database.write(edit_agent, stamp, ada.id, role="agent")
    with pytest.raises(Conflict, match="oneself"):
        await database.write(disable, stamp, ada.id)
    second = await database.write(edit_agent, stamp, li_na.id, role="admin")
    with pytest.raises(Conflict, match="last_admin"):
        await database.write(_both_leave, stamp, as_caller(second, clock), ada.id, li_na.id)
    assert (await database.read(find_agent, ada.id)).disabled is False


async def test_two_administrators_who_demote_each_other_at_once_leave_one(database, clock, ada, li_na):
    li_na = await database.write(edit_agent, as_caller(ada, clock), li_na.id, role="admin")
    deeds = [
        database.write(edit_agent, as_caller(one, clock), other.id, role="agent")
        for one, other in ((ada, li_na), (li_na, ada))
    ]
    outcomes = await asyncio.gather(*deeds, return_exceptions=True)
    assert sorted(isinstance(outcome, Conflict) for outcome in outcomes) == [False, True]


async def test_everyone_chooses_for_himself_and_nothing_more(database, clock, li_na):
    changed = await database.write(
        edit_oneself, as_caller(li_na, clock), li_na.id, name="李娜", language="zh-TW", theme="dark", density="compact"
    )
    assert (changed.name, changed.language, changed.theme, changed.role) == ("李娜", "zh-Hant", "dark", "agent")
    [event] = await database.read(latest, li_na.id, 1)
    assert event.fact().changed == ("name", "language", "theme", "density")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", "x" * 81),
        ("email", "ada"),
        ("role", "owner"),
        ("language", "xx"),
        ("languages", ("en", "?")),
        ("max_load", -1),
    ],
)
async def test_a_profile_that_makes_no_sense_is_refused(database, clock, ada, field, value):
    values = {"name": "Jun Park", "email": "jun@fennel-oak.example", field: value}
    with pytest.raises(BadInput):
        await database.write(add_agent, as_caller(ada, clock), Profile(**values), "hash")


async def test_a_team_has_members_and_a_name_of_its_own(database, clock, ada, li_na):
    stamp = as_caller(ada, clock)
    team = await database.write(create_team, stamp, name="Kettles", members=(li_na.id, li_na.id))
    assert await database.read(find_team, team.id) == team
    assert team.members == (li_na.id,)
    with pytest.raises(Conflict, match="team_taken"):
        await database.write(create_team, stamp, name="Kettles")
    with pytest.raises(NotFound):
        await database.write(edit_team, stamp, team.id, members=("agt_none",))
    renamed = await database.write(edit_team, stamp, team.id, name="Knives", members=(ada.id,))
    assert (await database.read(find_team, team.id)) == renamed


async def _both_leave(tx, ada_stamp, li_na_stamp, ada_id, li_na_id):
    await disable(tx, li_na_stamp, ada_id)
    await edit_agent(tx, ada_stamp, li_na_id, role="agent")
