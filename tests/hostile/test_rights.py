"""Who may do what, asked at every door that the schema names: a door that is added must say whom it lets in."""

import pytest

from goodword.platform import ids
from goodword.platform.clock import DAY
from goodword.platform.db import Tx
from goodword.platform.events import SYSTEM, Stamp
from goodword.staff import RIGHTS, ROLES, Caller, Profile, Role, add_agent, create_token, hashed, is_still_in
from goodword.staff.keys import find_session
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
    "POST /api/v1/session/second-factor": NOBODY,
    "POST /api/v1/session/second-factor/enrol": NOBODY,
    "GET /api/v1/sign-in": NOBODY,
    "GET /api/v1/sign-in/oidc/start": NOBODY,
    "GET /api/v1/sign-in/oidc/callback": NOBODY,
    "GET /api/v1/me": A_PERSON,
    "PATCH /api/v1/me": A_PERSON,
    "PUT /api/v1/me/availability": A_PERSON,
    "POST /api/v1/me/password": A_PERSON,
    "GET /api/v1/me/sessions": A_PERSON,
    "DELETE /api/v1/me/sessions": A_PERSON,
    "DELETE /api/v1/me/sessions/{session_id}": A_PERSON,
    "GET /api/v1/me/two-factor": A_PERSON,
    "POST /api/v1/me/two-factor": A_PERSON,
    "POST /api/v1/me/two-factor/confirm": A_PERSON,
    "POST /api/v1/me/two-factor/recovery-codes": A_PERSON,
    "POST /api/v1/me/two-factor/off": A_PERSON,
    "GET /api/v1/me/duty": A_PERSON,
    "PUT /api/v1/me/duty": A_PERSON,
    "GET /api/v1/me/pause": A_PERSON,
    "POST /api/v1/me/pause": A_PERSON,
    "DELETE /api/v1/me/pause": A_PERSON,
    "POST /api/v1/me/pause/decline": A_PERSON,
    "GET /api/v1/agents": "staff.read",
    "POST /api/v1/agents": "staff.manage",
    "PATCH /api/v1/agents/{agent_id}": "staff.manage",
    "DELETE /api/v1/agents/{agent_id}/two-factor": "staff.manage",
    "DELETE /api/v1/agents/{agent_id}/provider-link": "staff.manage",
    "PUT /api/v1/agents/{agent_id}/duty": "routing.manage",
    "GET /api/v1/teams": "staff.read",
    "POST /api/v1/teams": "staff.manage",
    "DELETE /api/v1/teams/{team_id}": "staff.manage",
    "POST /api/v1/teams/{team_id}/restore": "staff.manage",
    "PATCH /api/v1/teams/{team_id}": "staff.manage",
    "GET /api/v1/roles": "staff.read",
    "POST /api/v1/roles": "roles.manage",
    "PATCH /api/v1/roles/{role_id}": "roles.manage",
    "DELETE /api/v1/roles/{role_id}": "roles.manage",
    "GET /api/v1/security": "security.manage",
    "PUT /api/v1/security/two-factor": "security.manage",
    "PUT /api/v1/security/provider": "security.manage",
    "DELETE /api/v1/security/provider": "security.manage",
    "GET /api/v1/audit": "audit.read",
    "GET /api/v1/audit/chain": "audit.read",
    "POST /api/v1/audit/check": "audit.read",
    "GET /api/v1/audit/export": "audit.read",
    "GET /api/v1/routing": "staff.read",
    "PATCH /api/v1/routing": "routing.manage",
    "GET /api/v1/fields": "conversations.read",
    "POST /api/v1/fields": "fields.manage",
    "PATCH /api/v1/fields/{id}": "fields.manage",
    "DELETE /api/v1/fields/{id}": "fields.manage",
    "GET /api/v1/tokens": "tokens.manage",
    "POST /api/v1/tokens": "tokens.manage",
    "DELETE /api/v1/tokens/{token_id}": "tokens.manage",
    "GET /api/v1/customers": "customers.read",
    "GET /api/v1/customers/{customer_id}": "customers.read",
    "PATCH /api/v1/customers/{customer_id}": "customers.edit",
    "POST /api/v1/customers/{customer_id}/merge": "customers.edit",
    "POST /api/v1/customers/merges/{merge_id}/undo": "customers.edit",
    "GET /api/v1/conversations": "conversations.read",
    "POST /api/v1/conversations": "conversations.answer",
    "GET /api/v1/conversations/counts": "conversations.read",
    "POST /api/v1/conversations/bulk": "conversations.read",
    "GET /api/v1/search": "conversations.read",
    "GET /api/v1/views": "conversations.read",
    "POST /api/v1/views": "views.share",
    "PATCH /api/v1/views/{id}": "conversations.read",
    "DELETE /api/v1/views/{id}": "conversations.read",
    "POST /api/v1/conversations/{id}/priority": "conversations.answer",
    "POST /api/v1/conversations/{id}/fields": "conversations.answer",
    "GET /api/v1/supervision/wall": "supervision.watch",
    "POST /api/v1/supervision/conversations/{id}/listen": "supervision.watch",
    "GET /api/v1/conversations/{id}": "conversations.read",
    "GET /api/v1/conversations/{id}/events": "conversations.read",
    "POST /api/v1/conversations/{id}/replies": "conversations.answer",
    "POST /api/v1/conversations/{id}/notes": "conversations.answer",
    "POST /api/v1/conversations/{id}/take-over": "conversations.answer",
    "POST /api/v1/conversations/{id}/give-back": "conversations.answer",
    "POST /api/v1/conversations/{id}/assign": "conversations.assign",
    "POST /api/v1/conversations/{id}/close": "conversations.answer",
    "POST /api/v1/conversations/{id}/messages/{message_id}/resend": "conversations.answer",
    "POST /api/v1/conversations/{id}/reopen": "conversations.answer",
    "POST /api/v1/conversations/{id}/snooze": "conversations.answer",
    "POST /api/v1/conversations/{id}/tags": "conversations.answer",
    "POST /api/v1/conversations/{id}/read": "conversations.answer",
    "POST /api/v1/conversations/{id}/unread": "conversations.answer",
    "POST /api/v1/conversations/{id}/typing": "conversations.answer",
    "PUT /api/v1/conversations/{id}/draft": "conversations.answer",
    "POST /api/v1/conversations/{id}/merge": "conversations.answer",
    "POST /api/v1/conversations/{id}/unmerge": "conversations.answer",
    "POST /api/v1/conversations/{id}/split": "conversations.answer",
    "POST /api/v1/conversations/{id}/unsplit": "conversations.answer",
    "POST /api/v1/conversations/{id}/side-threads": "conversations.answer",
    "POST /api/v1/conversations/{id}/side-threads/{thread_id}/messages": "conversations.read",
    "POST /api/v1/conversations/{id}/side-threads/{thread_id}/close": "conversations.answer",
    "POST /api/v1/conversations/{id}/whisper": "supervision.watch",
    "DELETE /api/v1/conversations/{id}/messages/{message_id}": "conversations.remove",
    "POST /api/v1/conversations/{id}/scheduled": "conversations.answer",
    "PATCH /api/v1/conversations/{id}/scheduled/{scheduled_id}": "conversations.answer",
    "DELETE /api/v1/conversations/{id}/scheduled/{scheduled_id}": "conversations.answer",
    "POST /api/v1/conversations/{id}/spam": "conversations.answer",
    "POST /api/v1/conversations/{id}/rating/ask": "conversations.answer",
    "GET /api/v1/conversations/{id}/transcript": "conversations.read",
    "POST /api/v1/customers/{customer_id}/block": "conversations.answer",
    "POST /api/v1/customers/{customer_id}/unblock": "conversations.answer",
    "GET /api/v1/conversations/{conversation_id}/messages/{message_id}/trace": "conversations.read",
    "POST /api/v1/files": "conversations.answer",
    "GET /api/v1/canned": "conversations.read",
    "POST /api/v1/canned": "automation.manage",
    "PATCH /api/v1/canned/{id}": "conversations.answer",
    "DELETE /api/v1/canned/{id}": "conversations.answer",
    "POST /api/v1/canned/{id}/restore": "conversations.answer",
    "GET /api/v1/rules": "automation.manage",
    "POST /api/v1/rules": "automation.manage",
    "PATCH /api/v1/rules/{id}": "automation.manage",
    "DELETE /api/v1/rules/{id}": "automation.manage",
    "POST /api/v1/rules/dry-run": "automation.manage",
    "GET /api/v1/rules/{id}/log": "automation.manage",
    "GET /api/v1/macros": "conversations.read",
    "POST /api/v1/macros": "automation.manage",
    "PATCH /api/v1/macros/{id}": "conversations.answer",
    "DELETE /api/v1/macros/{id}": "conversations.answer",
    "GET /api/v1/conversations/{id}/macros/{macro_id}/preview": "conversations.answer",
    "POST /api/v1/conversations/{id}/macros/{macro_id}": "conversations.answer",
    "GET /api/v1/conversations/{id}/applied/{applied_id}": "conversations.read",
    "POST /api/v1/conversations/{id}/applied/{applied_id}/undo": "conversations.answer",
    "GET /api/v1/channels": "conversations.read",
    "GET /api/v1/channels/kinds": "channels.manage",
    "POST /api/v1/channels": "channels.manage",
    "PATCH /api/v1/channels/{id}": "channels.manage",
    "GET /api/v1/channels/health": "channels.manage",
    "GET /api/v1/channels/{id}/health": "channels.manage",
    "POST /api/v1/channels/email/find": "channels.manage",
    "POST /api/v1/channels/email/try": "channels.manage",
    "GET /api/v1/channels/email/{id}/sign-in": "channels.manage",
    "GET /api/v1/channels/email/signed-in": "channels.manage",
    "GET /api/v1/arrivals": "channels.manage",
    "GET /api/v1/arrivals/{id}": "channels.manage",
    "GET /api/v1/arrivals/{id}/raw": "channels.manage",
    "GET /api/v1/arrivals/{id}/letter": "conversations.read",
    "POST /api/v1/arrivals/{id}/replay": "channels.manage",
    "POST /api/v1/arrivals/{id}/mend": "channels.manage",
    "POST /api/v1/arrivals/{id}/drop": "channels.manage",
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
# Where the whole of what may be said takes more than one right: what takes the one that is named.
NARROWED = {"PATCH /api/v1/teams/{team_id}": {"name": "Post"}}
# What a page of the company's shows before anybody has said a word.
OPEN_TO_THE_WORLD = ("POST /chat/v1/{key}/session", "GET /chat/v1/{key}/site", "GET /chat/v1/{key}/articles")
# These never end.
LINES = ("GET /api/v1/live/stream", "GET /chat/v1/{key}/stream")
# Only a person has drafts and views, types and sends files of his own.
PEOPLE_ONLY = {
    "GET /api/v1/conversations/{id}/macros/{macro_id}/preview",
    "POST /api/v1/conversations/{id}/macros/{macro_id}",
    "POST /api/v1/conversations",
    "POST /api/v1/conversations/{id}/take-over",
    "POST /api/v1/conversations/{id}/typing",
    "PUT /api/v1/conversations/{id}/draft",
    "POST /api/v1/conversations/{id}/scheduled",
    "PATCH /api/v1/conversations/{id}/scheduled/{scheduled_id}",
    "POST /api/v1/files",
    "GET /api/v1/views",
    "POST /api/v1/views",
    "PATCH /api/v1/views/{id}",
    "DELETE /api/v1/views/{id}",
}


def needed(door: Door) -> str:
    if door.path.startswith("/chat/v1/"):
        return NOBODY if str(door) in OPEN_TO_THE_WORLD else A_VISITOR
    if door.path.startswith("/api/v1/channels/") and "{key}" in door.path:
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
        more["json"] = NARROWED.get(str(door), door.body)
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


async def test_what_is_a_persons_own_is_closed_to_programs_whatever_they_may(desk: House):
    id, stamp = await conversation_of(desk), Stamp(desk.clock.now(), SYSTEM)
    _, secret = await desk.desk.services.database.write(create_token, stamp, name="Till", scopes=RIGHTS)
    for door in doors(desk.app):
        if needed(door) == A_PERSON:
            answer = await knock(desk.http, door, id, headers={"Authorization": f"Bearer {secret}"})
            assert (answer.status_code, answer.json().get("reason")) == (403, "people_only"), (str(door), answer.text)


async def test_who_looks_after_people_does_not_look_after_what_they_get(desk: House):
    """One door, two rights: each change takes its own, and both together take both."""
    ada = await desk.signed_in("ada")
    team = f"/api/v1/teams/{(await ada.post('/api/v1/teams', json={'name': 'Post'})).json()['id']}"
    whom, what = {"name": "Parcels"}, {"strategy": "round_robin"}
    for right, opens in (("staff.manage", [whom]), ("routing.manage", [what, {}])):
        stamp = Stamp(desk.clock.now(), SYSTEM)
        _, secret = await desk.desk.services.database.write(create_token, stamp, name="Till", scopes=(right,))
        for changes in (whom, what, {}, whom | what):
            answer = await desk.http.patch(team, json=changes, headers={"Authorization": f"Bearer {secret}"})
            assert answer.status_code == (200 if changes in opens else 403), (right, changes, answer.text)


async def test_the_rights_of_a_role_are_gone_with_the_next_request(desk: House):
    """With the session still open, for his tokens, and on the line that he holds."""
    ada, li = await desk.signed_in("ada"), await desk.signed_in("li")
    lead = {"name": "Lead", "rights": ["conversations.read", "staff.read", "tokens.manage", "audit.read"]}
    role = (await ada.post("/api/v1/roles", json=lead)).json()["id"]
    await ada.patch(f"/api/v1/agents/{desk.agents['li'].id}", json={"role": role})
    made = await li.post("/api/v1/tokens", json={"name": "Hers", "scopes": ["audit.read"]})
    hers = {"Authorization": f"Bearer {made.json()['token']}"}
    assert (await li.get("/api/v1/audit")).status_code == 200
    assert (await desk.http.get("/api/v1/audit", headers=hers)).status_code == 200
    cookie = ids.fingerprint(li.cookies["goodword_session"])
    services = desk.desk.services
    session = await services.database.read(find_session, cookie, desk.clock.now())
    assert session
    caller = Caller(agent=session[0], session_hash=cookie)
    assert await is_still_in(services.database, desk.clock, caller)
    await ada.patch(f"/api/v1/roles/{role}", json={"rights": ["conversations.read"]})
    assert (await li.get("/api/v1/audit")).status_code == 403
    assert (await desk.http.get("/api/v1/audit", headers=hers)).status_code == 403
    assert not await is_still_in(services.database, desk.clock, caller)
    assert (await li.get("/api/v1/conversations")).status_code == 200


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
