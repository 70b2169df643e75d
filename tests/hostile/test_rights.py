"""Who may do what, asked at every door that the schema names: a door that is added must say whom it lets in."""

import pytest

from goodword.platform.clock import DAY
from goodword.platform.db import Tx
from goodword.platform.events import SYSTEM, Stamp
from goodword.staff import ROLES, Profile, Role, add_agent, create_token, hashed
from tests.desks import PASSWORD, WHERE, House
from tests.hostile.doors import SAFE, Door, doors

pytestmark = pytest.mark.anyio

NOBODY, ANYBODY, A_PERSON = "nobody need be known", "whoever is known", "a person, whatever his rights"
A_VISITOR, A_SYSTEM = "the token of a visitor", "the token of a channel"
NEEDED = {
    "GET /api/v1/setup": NOBODY,
    "POST /api/v1/setup": NOBODY,
    "POST /api/v1/session": NOBODY,
    "DELETE /api/v1/session": ANYBODY,
    "GET /api/v1/me": A_PERSON,
    "PATCH /api/v1/me": A_PERSON,
    "PUT /api/v1/me/availability": A_PERSON,
    "POST /api/v1/me/password": A_PERSON,
    "GET /api/v1/agents": "staff.read",
    "POST /api/v1/agents": "staff.manage",
    "PATCH /api/v1/agents/{agent_id}": "staff.manage",
    "GET /api/v1/teams": "staff.read",
    "POST /api/v1/teams": "staff.manage",
    "PATCH /api/v1/teams/{team_id}": "staff.manage",
    "GET /api/v1/tokens": "tokens.manage",
    "POST /api/v1/tokens": "tokens.manage",
    "DELETE /api/v1/tokens/{token_id}": "tokens.manage",
    "GET /api/v1/customers": "customers.read",
    "GET /api/v1/customers/{customer_id}": "customers.read",
    "PATCH /api/v1/customers/{customer_id}": "customers.edit",
    "GET /api/v1/conversations": "conversations.read",
    "GET /api/v1/conversations/{id}": "conversations.read",
    "GET /api/v1/conversations/{id}/events": "conversations.read",
    "POST /api/v1/conversations/{id}/replies": "conversations.answer",
    "POST /api/v1/conversations/{id}/notes": "conversations.answer",
    "POST /api/v1/conversations/{id}/take-over": "conversations.answer",
    "POST /api/v1/conversations/{id}/give-back": "conversations.answer",
    "POST /api/v1/conversations/{id}/assign": "conversations.assign",
    "POST /api/v1/conversations/{id}/close": "conversations.answer",
    "POST /api/v1/conversations/{id}/reopen": "conversations.answer",
    "POST /api/v1/conversations/{id}/snooze": "conversations.answer",
    "POST /api/v1/conversations/{id}/tags": "conversations.answer",
    "POST /api/v1/conversations/{id}/read": "conversations.answer",
    "POST /api/v1/conversations/{id}/typing": "conversations.answer",
    "PUT /api/v1/conversations/{id}/draft": "conversations.answer",
    "GET /api/v1/conversations/{conversation_id}/messages/{message_id}/trace": "conversations.read",
    "POST /api/v1/files": "conversations.answer",
    "GET /api/v1/canned": "conversations.read",
    "POST /api/v1/canned": "conversations.assign",
    "PATCH /api/v1/canned/{id}": "conversations.assign",
    "DELETE /api/v1/canned/{id}": "conversations.assign",
    "GET /api/v1/channels": "conversations.read",
    "GET /api/v1/channels/kinds": "channels.manage",
    "POST /api/v1/channels": "channels.manage",
    "PATCH /api/v1/channels/{id}": "channels.manage",
    "POST /api/v1/channels/{id}/token": "channels.manage",
    "GET /api/v1/knowledge/articles": "knowledge.read",
    "POST /api/v1/knowledge/articles": "knowledge.edit",
    "GET /api/v1/knowledge/articles/{id}": "knowledge.read",
    "PATCH /api/v1/knowledge/articles/{id}": "knowledge.edit",
    "POST /api/v1/knowledge/articles/{id}/publish": "knowledge.edit",
    "POST /api/v1/knowledge/articles/{id}/unpublish": "knowledge.edit",
    "POST /api/v1/knowledge/articles/{id}/review": "knowledge.edit",
    "POST /api/v1/knowledge/articles/{id}/restore": "knowledge.edit",
    "GET /api/v1/knowledge/articles/{id}/versions": "knowledge.read",
    "POST /api/v1/knowledge/preview": "knowledge.read",
    "GET /api/v1/knowledge/search": "knowledge.read",
    "GET /api/v1/live/stream": "conversations.read",
}
# These never end.
LINES = ("GET /api/v1/live/stream", "GET /chat/v1/{key}/stream")
# Only a person has drafts, types and sends files of his own.
PEOPLE_ONLY = {
    "POST /api/v1/conversations/{id}/take-over",
    "POST /api/v1/conversations/{id}/typing",
    "PUT /api/v1/conversations/{id}/draft",
    "POST /api/v1/files",
}


def needed(door: Door) -> str:
    if door.path.startswith("/chat/v1/"):
        return NOBODY if str(door) == "POST /chat/v1/{key}/session" else A_VISITOR
    if door.path.startswith("/api/v1/channels/{key}/"):
        return A_SYSTEM
    return NEEDED[str(door)]


def open_to_the_staff(desk: House) -> list[tuple[Door, str]]:
    """The doors with a right on them, each with that right; those that change one's own sign-in left out."""
    asked = [(door, needed(door)) for door in doors(desk.app)]
    return [(door, right) for door, right in asked if "." in right and str(door) not in LINES]


async def knock(client, door: Door, id: str = "none", **more):
    """With everything that must be said; at a door for a conversation it is a real one."""
    more = {**door.needs, **more, "headers": {**door.needs["headers"], **more.get("headers", {})}}
    if door.takes_file:
        more["files"] = {"file": ("a.txt", b"a", "text/plain")}
    elif door.body is not None:
        more["json"] = door.body
    return await client.request(door.method, door.at(id=id, conversation_id=id, key="shop"), **more)


async def conversation_of(desk: House) -> str:
    visitor = await desk.visitor()
    return (await visitor.says("Where is my kettle?")).json()["conversation_id"]


async def at_work_as(desk: House, role: Role):
    async def join(tx: Tx) -> None:
        profile = Profile(f"Omar {role}", f"{role}-of-ours@fennel-oak.example", role=role)
        await add_agent(tx, Stamp(desk.clock.now(), SYSTEM), profile, await_password)

    await_password = await hashed(PASSWORD, "")
    await desk.desk.services.database.write(join)
    return await desk.signed_in(f"{role}-of-ours")


async def test_every_door_says_whom_it_lets_in(desk: House):
    assert {str(door) for door in doors(desk.app) if door.path.startswith("/api/v1/") and needed(door) != A_SYSTEM} == {
        *NEEDED
    }


async def test_a_stranger_comes_through_no_door(desk: House):
    id = await conversation_of(desk)
    for door in doors(desk.app):
        if needed(door) == NOBODY:
            continue
        for headers in ({}, {"Authorization": "Bearer gw_forged"}, {"Cookie": "goodword_session=gs_forged"}):
            answer = await knock(desk.client(), door, id, headers=headers)
            assert answer.status_code == 401, (str(door), headers, answer.text)


@pytest.mark.parametrize("role", sorted(ROLES))
async def test_a_role_opens_the_doors_of_its_rights_and_no_other(desk: House, role):
    id, somebody = await conversation_of(desk), await at_work_as(desk, role)
    for door, right in open_to_the_staff(desk):
        answer = await knock(somebody, door, id)
        refused = answer.status_code == 403
        assert refused == (right not in ROLES[role]), (str(door), right, answer.status_code, answer.text)
        assert answer.status_code not in (401, 500), (str(door), answer.text)


async def test_a_token_opens_the_doors_of_its_scopes_and_no_other(desk: House):
    id = await conversation_of(desk)
    asked = open_to_the_staff(desk)
    for scope in sorted({right for _, right in asked}):
        stamp = Stamp(desk.clock.now(), SYSTEM)
        _, secret = await desk.desk.services.database.write(create_token, stamp, name="Till", scopes=(scope,))
        for door, right in asked:
            answer = await knock(desk.http, door, id, headers={"Authorization": f"Bearer {secret}"})
            refused = answer.status_code == 403
            assert refused == (right != scope or str(door) in PEOPLE_ONLY), (str(door), scope, answer.text)


async def test_a_page_of_somebody_else_can_change_nothing_with_our_cookie(desk: House):
    id, ada = await conversation_of(desk), await desk.signed_in("ada")
    elsewhere = [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": f"{WHERE}.evil.example"},
        {"Origin": WHERE, "Sec-Fetch-Site": "cross-site"},
        {"Origin": WHERE, "Sec-Fetch-Site": "same-site"},
    ]
    for door in doors(desk.app):
        if door.method in SAFE or needed(door) in (NOBODY, A_VISITOR, A_SYSTEM):
            continue
        for headers in elsewhere:
            answer = await knock(ada, door, id, headers=headers)
            assert answer.status_code == 403, (str(door), headers, answer.text)


async def test_who_has_signed_out_was_disabled_or_stayed_away_too_long_is_out(desk: House):
    ada, li, jun = [await desk.signed_in(key) for key in ("ada", "li", "jun")]
    kept = dict(li.cookies)
    assert (await li.delete("/api/v1/session")).status_code == 204
    assert (await desk.client().get("/api/v1/me", cookies=kept)).status_code == 401
    await ada.patch(f"/api/v1/agents/{desk.agents['jun'].id}", json={"disabled": True})
    assert (await jun.get("/api/v1/me")).status_code == 401
    desk.clock.go_on(15 * DAY)
    assert (await ada.get("/api/v1/me")).status_code == 401


async def test_a_session_that_was_planted_before_signing_in_opens_nothing_afterwards(desk: House):
    planted = desk.client()
    planted.cookies.set("goodword_session", "gs_planted")
    signed = {"email": "ada@fennel-oak.example", "password": PASSWORD}
    answer = await planted.post("/api/v1/session", json=signed)
    assert "gs_planted" not in answer.headers["set-cookie"]
    stranger = desk.client()
    stranger.cookies.set("goodword_session", "gs_planted")
    assert (await stranger.get("/api/v1/me")).status_code == 401
