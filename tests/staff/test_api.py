"""The staff's routes, as a browser or a program meets them."""

from typing import Any

import httpx
import pytest
from litestar import Litestar, Request
from litestar.di import Provide

from goodword.customers import identify
from goodword.customers.api import routes as customer_routes
from goodword.platform.events import SYSTEM, Stamp
from goodword.platform.http import problem_response
from goodword.platform.settings import Settings
from goodword.staff import COOKIE, Caller, authenticate
from goodword.staff.api import routes

pytestmark = pytest.mark.anyio
ADA = {"name": "Ada Silva", "email": "ada@fennel-oak.example", "password": "sharp knives, calm hands", "language": "fr"}
LI_NA = {
    "name": "Li Na",
    "email": "li@fennel-oak.example",
    "password": "a kettle that sings",
    "languages": ["zh-Hans", "en"],
}


@pytest.fixture
async def browser(database, clock):
    async def caller(request: Request) -> Caller:
        header = request.headers.get("authorization")
        return await authenticate(database, clock, cookie=request.cookies.get(COOKIE), authorization=header)

    async def loads(tx):
        return {}

    def handing_out(value):
        return Provide(lambda: value, sync_to_thread=False)

    named = {
        "database": database,
        "clock": clock,
        "settings": Settings(company="Goodword"),
        "loads": loads,
        "secret_key": b"k" * 32,
        "outgoing": None,
        "language": "en",
    }
    app: Any = Litestar(
        [*routes, customer_routes],
        dependencies={"caller": Provide(caller), **{name: handing_out(value) for name, value in named.items()}},
        exception_handlers={Exception: problem_response},
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://desk.example") as client:
        yield client


async def set_up(browser):
    return await browser.post("/api/v1/setup", json={**ADA, "company": "Fennel & Oak"})


async def as_li_na(browser):
    await set_up(browser)
    await browser.post("/api/v1/agents", json=LI_NA)
    answer = await browser.post("/api/v1/session", json={key: LI_NA[key] for key in ("email", "password")})
    assert answer.status_code == 200


async def test_a_new_desk_is_set_up_once(browser):
    assert (await browser.get("/api/v1/setup")).json() == {"needed": True}
    answer = await set_up(browser)
    assert answer.status_code == 201
    me = answer.json()
    assert (me["name"], me["role"], me["language"], me["company"]) == (
        "Ada Silva",
        "admin",
        "fr",
        {"name": "Fennel & Oak"},
    )
    assert "staff.manage" in me["rights"]
    assert (await browser.get("/api/v1/me")).json() == me
    assert (await browser.get("/api/v1/setup")).json() == {"needed": False}
    again = await set_up(browser)
    assert (again.status_code, again.json()["code"]) == (409, "conflict")


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser):
    [cookie, device] = [one.lower() for one in (await set_up(browser)).headers.get_list("set-cookie")]
    assert cookie.startswith("goodword_session=gs_")
    for part in ("goodword_device=gd_", "httponly", "samesite=lax", "secure", "path=/api/v1/session"):
        assert part in device
    for part in ("httponly", "samesite=lax", "secure", "path=/", f"max-age={14 * 86_400}"):
        assert part in cookie


async def test_who_signs_out_is_asked_to_sign_in(browser):
    await set_up(browser)
    session = dict(browser.cookies)
    assert (await browser.delete("/api/v1/session")).status_code == 204
    browser.cookies.update(session)
    refused = await browser.get("/api/v1/me", headers={"accept-language": "ko"})
    assert (refused.status_code, refused.json()["detail"]) == (401, "세션이 끝났습니다. 다시 로그인해 주세요.")


async def test_a_wrong_password_is_told_kindly_and_too_many_are_told_when_to_come_back(browser):
    await set_up(browser)
    wrong = {"email": ADA["email"], "password": "not this one"}
    for _ in range(10):
        refused = await browser.post("/api/v1/session", json=wrong, headers={"accept-language": "fr"})
        assert refused.status_code == 401
    assert refused.json()["detail"] == "L’adresse e-mail et le mot de passe ne correspondent pas."
    refused = await browser.post("/api/v1/session", json=wrong)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "900")
    assert refused.json()["detail"] == "Too many attempts have failed. Try again in 15 min."


async def test_everyone_chooses_for_himself(browser):
    await as_li_na(browser)
    me = (await browser.patch("/api/v1/me", json={"theme": "dark", "language": "ko"})).json()
    assert (me["theme"], me["language"], me["density"]) == ("dark", "ko", "comfortable")
    me = (await browser.put("/api/v1/me/availability", json={"availability": "away"})).json()
    assert me["availability"] == "away"
    assert (await browser.patch("/api/v1/me", json={"role": "admin"})).status_code == 400
    change = {"current": LI_NA["password"], "new": "seed boxes in spring"}
    assert (await browser.post("/api/v1/me/password", json=change)).status_code == 204
    assert (await browser.get("/api/v1/me")).json()["role"] == "agent"


async def test_the_agent_sees_colleagues_and_changes_none(browser):
    await as_li_na(browser)
    agents = (await browser.get("/api/v1/agents")).json()["agents"]
    assert {agent["name"] for agent in agents} == {"Ada Silva", "Li Na"}
    assert not any("password" in key for agent in agents for key in agent)
    calls = [
        browser.post("/api/v1/agents", json={**LI_NA, "email": "x@fennel-oak.example", "role": "admin"}),
        browser.patch(f"/api/v1/agents/{agents[0]['id']}", json={"disabled": True}),
        browser.patch(f"/api/v1/agents/{agents[1]['id']}", json={"role": "admin"}),
        browser.post("/api/v1/teams", json={"name": "Night shift"}),
        browser.get("/api/v1/tokens"),
        browser.post("/api/v1/tokens", json={"name": "Mine", "scopes": ["customers.read"]}),
        browser.delete("/api/v1/tokens/tok_1"),
    ]
    for call in calls:
        refused = await call
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert len((await browser.get("/api/v1/agents")).json()["agents"]) == 2


async def test_the_administrator_changes_an_agent(browser):
    await set_up(browser)
    li_na = (await browser.post("/api/v1/agents", json=LI_NA)).json()
    change = {"role": "senior", "max_load": 9, "password": "a quieter kettle", "languages": ["zh-Hant"]}
    changed = (await browser.patch(f"/api/v1/agents/{li_na['id']}", json=change)).json()
    assert (changed["role"], changed["max_load"], changed["languages"]) == ("senior", 9, ["zh-Hant"])
    team = await browser.post("/api/v1/teams", json={"name": "Kettles", "members": [li_na["id"]]})
    assert team.status_code == 201
    [one] = (await browser.get("/api/v1/teams")).json()["teams"]
    assert (one["name"], one["members"]) == ("Kettles", [li_na["id"]])
    gone = await browser.patch(f"/api/v1/agents/{li_na['id']}", json={"disabled": True})
    assert gone.json()["disabled"] is True
    signed = await browser.post("/api/v1/session", json={"email": LI_NA["email"], "password": "a quieter kettle"})
    assert signed.status_code == 401


async def test_a_password_that_is_too_short_is_said_so(browser):
    refused = await browser.post("/api/v1/setup", json={**ADA, "password": "short"})
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["password"])
    assert refused.json()["detail"] == "The password is too short: at least 10 characters."
    assert (await browser.get("/api/v1/setup")).json() == {"needed": True}


async def test_a_program_may_what_its_token_says_and_no_more(browser, database, clock):
    await database.write(
        identify, Stamp(clock.now(), SYSTEM), kind="email", value="dana@customers.example", name="Dana Evans"
    )
    await set_up(browser)
    made = (await browser.post("/api/v1/tokens", json={"name": "Shop", "scopes": ["customers.read"]})).json()
    listed = (await browser.get("/api/v1/tokens")).json()["tokens"]
    assert [(token["name"], token["scopes"], token["last_used_at"]) for token in listed] == [
        ("Shop", ["customers.read"], None)
    ]
    assert made["token"] not in str(listed)

    header = {"authorization": f"Bearer {made['token']}"}
    [dana] = (await browser.get("/api/v1/customers?q=dana", headers=header)).json()["customers"]
    assert dana["name"] == "Dana Evans"
    for refused in (
        await browser.patch(f"/api/v1/customers/{dana['id']}", json={"name": "X"}, headers=header),
        await browser.get("/api/v1/agents", headers=header),
        await browser.get("/api/v1/me", headers=header),
    ):
        assert refused.status_code == 403
    assert (await browser.delete(f"/api/v1/tokens/{made['id']}")).status_code == 204
    assert (await browser.get("/api/v1/customers", headers=header)).status_code == 401


DOORS = """
GET /me · PATCH /me · PUT /me/availability · POST /me/password · DELETE /session
· GET /agents · POST /agents · PATCH /agents/agt_1 · GET /teams · POST /teams
· PATCH /teams/tem_1 · GET /tokens · POST /tokens · DELETE /tokens/tok_1
· GET /me/two-factor · POST /me/two-factor · POST /me/two-factor/confirm · POST /me/two-factor/off
· POST /me/two-factor/recovery-codes · GET /me/sessions · DELETE /me/sessions · DELETE /me/sessions/1
· GET /roles · POST /roles · PATCH /roles/rol_1 · DELETE /roles/rol_1 · DELETE /agents/agt_1/two-factor
· DELETE /agents/agt_1/provider-link · GET /security · PUT /security/two-factor · PUT /security/provider
· DELETE /security/provider · GET /audit · GET /audit/chain · POST /audit/check · GET /audit/export
· GET /customers · GET /customers/cus_1 · PATCH /customers/cus_1
"""


async def test_nothing_is_open_to_strangers(browser):
    for door in DOORS.split("·"):
        method, path = door.split()
        answer = await browser.request(method, f"/api/v1{path}")
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated"), door


async def test_tastes_are_kept_with_the_account_one_by_one(browser):
    await as_li_na(browser)
    assert (await browser.get("/api/v1/me")).json()["preferences"] == {}
    quiet = {"from": "22:00", "to": "07:00", "time_zone": "Asia/Shanghai"}
    wishes = {"quiet_hours": quiet, "text_size": "large", "keys": {"done": "y"}}
    assert (await browser.patch("/api/v1/me", json={"preferences": wishes})).json()["preferences"] == wishes
    me = (await browser.patch("/api/v1/me", json={"preferences": {"quiet_hours": None, "motion": "less"}})).json()
    assert me["preferences"] == {"text_size": "large", "keys": {"done": "y"}, "motion": "less"}
    assert (await browser.get("/api/v1/me")).json() == me


@pytest.mark.parametrize(
    "wishes",
    [
        {"quiet_hours": {"from": "24:00", "to": "07:00", "time_zone": "UTC"}},
        {"quiet_hours": {"from": "22:00", "to": "07:00", "time_zone": "Middle/Earth"}},
        {"quiet_hours": {"from": "22:00", "to": "07:00", "time_zone": "../../etc/passwd"}},
        {"text_size": "huge"},
        {"sounds": {"volume": 101}},
        {"keys": {"done": "y" * 41}},
        {"keys": {f"command{number}": "y" for number in range(101)}},
        {"colour": "pink"},
    ],
)
async def test_a_taste_that_makes_no_sense_is_refused(browser, wishes):
    await as_li_na(browser)
    assert (await browser.patch("/api/v1/me", json={"preferences": wishes})).status_code == 400
    assert (await browser.get("/api/v1/me")).json()["preferences"] == {}
