"""A second factor over HTTP, as a browser meets it; and what somebody tries who has stolen the password."""

import asyncio

import pytest

from goodword.platform.clock import HOUR, MINUTE
from goodword.platform.events import latest
from goodword.staff import totp
from tests.desks import PASSWORD, house

pytestmark = pytest.mark.anyio
LI = {"email": "li@fennel-oak.example", "password": PASSWORD}


@pytest.fixture
async def desk(database_url, tmp_path, clock):
    async with house(tmp_path, database_url, clock) as opened:
        yield opened


def code_of(secret, clock, skew=0):
    return totp.code_at(secret, clock.now() // totp.STEP + skew)


async def enrolled(desk, key="li"):
    """A browser of his that is in, his secret, and his recovery codes."""
    browser = await desk.signed_in(key)
    secret = (await browser.post("/api/v1/me/two-factor")).json()["secret"]
    answer = await browser.post("/api/v1/me/two-factor/confirm", json={"code": code_of(secret, desk.clock)})
    desk.clock.go_on(totp.STEP)
    return browser, secret, answer.json()["recovery_codes"]


async def challenge_of(browser, who=LI):
    answer = await browser.post("/api/v1/session", json=who)
    assert (answer.status_code, answer.json()["code"]) == (401, "second_factor_needed")
    return answer.json()["challenge"]


async def answered(browser, challenge, code):
    return await browser.post("/api/v1/session/second-factor", json={"challenge": challenge, "code": code})


async def test_an_agent_gets_a_second_factor_and_signs_in_with_it(desk):
    browser, other = await desk.signed_in("li"), await desk.signed_in("li")
    begun = (await browser.post("/api/v1/me/two-factor")).json()
    assert begun["picture"].startswith("<svg")
    assert (await browser.get("/api/v1/me/two-factor")).json()["on"] is False
    wrong = await browser.post("/api/v1/me/two-factor/confirm", json={"code": "000000"})
    assert (wrong.status_code, wrong.json()["fields"].keys()) == (400, {"code"})
    right = {"code": code_of(begun["secret"], desk.clock)}
    codes = (await browser.post("/api/v1/me/two-factor/confirm", json=right)).json()["recovery_codes"]
    assert len(codes) == 10
    # His other sessions were opened with a password alone.
    assert (await browser.get("/api/v1/me")).status_code == 200
    assert (await other.get("/api/v1/me")).status_code == 401

    door = desk.client()
    challenge = await challenge_of(door)
    assert (await door.get("/api/v1/me")).status_code == 401
    desk.clock.go_on(totp.STEP)
    entered = await answered(door, challenge, code_of(begun["secret"], desk.clock))
    assert (entered.status_code, entered.json()["name"], entered.json()["recovery_codes"]) == (200, "Li Na", [])
    assert (await door.get("/api/v1/me")).status_code == 200
    again = await answered(desk.client(), challenge, code_of(begun["secret"], desk.clock, 1))
    assert (again.status_code, again.json()["reason"]) == (401, "challenge")


async def test_a_code_opens_once_even_to_two_at_the_same_moment(desk):
    _, secret, _ = await enrolled(desk)
    doors = [desk.client() for _ in range(4)]
    challenges = [await challenge_of(door) for door in doors]
    code = code_of(secret, desk.clock)
    tries = [answered(door, one, code) for door, one in zip(doors, challenges, strict=True)]
    statuses = sorted([answer.status_code for answer in await asyncio.gather(*tries)])
    assert statuses == [200, 400, 400, 400]


async def test_a_clock_that_is_half_a_minute_wrong_opens_and_one_that_is_more_does_not(desk):
    _, secret, _ = await enrolled(desk)
    desk.clock.go_on(HOUR)
    for skew, status in ((-2, 400), (2, 400), (-1, 200), (1, 200)):
        door = desk.client()
        assert (await answered(door, await challenge_of(door), code_of(secret, desk.clock, skew))).status_code == status


async def test_a_recovery_code_opens_once_and_is_told(desk):
    browser, _, codes = await enrolled(desk)
    for code, status in ((codes[3].upper().replace("-", " "), 200), (codes[3], 400), (codes[4], 200)):
        door = desk.client()
        assert (await answered(door, await challenge_of(door), code)).status_code == status
    assert (await browser.get("/api/v1/me/two-factor")).json()["recovery_codes_left"] == 8
    events = await desk.desk.services.database.read(latest, desk.agents["li"].id, 20)
    assert [event.fact().left for event in events if event.type == "RecoveryCodeUsed"] == [9, 8]
    kept = await desk.desk.services.database.read(_everything)
    assert not any(totp.plain(code) in kept or code in kept for code in codes)


async def test_a_recovery_code_opens_once_even_to_several_at_the_same_moment(desk):
    _, _, codes = await enrolled(desk)
    doors = [desk.client() for _ in range(4)]
    challenges = [await challenge_of(door) for door in doors]
    tries = [answered(door, one, codes[0]) for door, one in zip(doors, challenges, strict=True)]
    assert sorted(answer.status_code for answer in await asyncio.gather(*tries)) == [200, 400, 400, 400]
    assert [(await door.get("/api/v1/me")).status_code for door in doors].count(200) == 1


async def test_the_second_step_gives_a_session_of_its_own_whatever_the_browser_brought(desk):
    _, secret, _ = await enrolled(desk)
    planted = desk.client()
    challenge = await challenge_of(planted)
    planted.cookies.set("goodword_session", "gs_planted")
    entered = await answered(planted, challenge, code_of(secret, desk.clock))
    assert entered.status_code == 200
    assert "gs_planted" not in entered.headers["set-cookie"]
    stranger = desk.client()
    for cookie in ("gs_planted", challenge):
        stranger.cookies.set("goodword_session", cookie)
        assert (await stranger.get("/api/v1/me")).status_code == 401


async def test_guessing_ends_before_it_begins_to_pay(desk):
    _, secret, codes = await enrolled(desk)
    statuses = []
    for guess in range(12):
        door = desk.client()
        statuses.append((await answered(door, await challenge_of(door), f"{guess:06}")).status_code)
    assert statuses == [400] * 10 + [429] * 2
    # Who guesses must not be right by chance either.
    for code in (code_of(secret, desk.clock), codes[0]):
        door = desk.client()
        assert (await answered(door, await challenge_of(door), code)).status_code == 429
    desk.clock.go_on(15 * MINUTE)
    door = desk.client()
    assert (await answered(door, await challenge_of(door), code_of(secret, desk.clock))).status_code == 200
    failed = await desk.desk.services.database.read(latest, desk.agents["li"].id, 40)
    assert sum(event.type == "SecondFactorFailed" for event in failed) == 10


async def test_a_challenge_is_short_lived_and_ends_with_the_password(desk):
    _, secret, _ = await enrolled(desk)
    door = desk.client()
    late = await challenge_of(door)
    desk.clock.go_on(10 * MINUTE)
    assert (await answered(door, late, code_of(secret, desk.clock))).status_code == 401
    stale = await challenge_of(door)
    ada = await desk.signed_in("ada")
    await ada.patch(f"/api/v1/agents/{desk.agents['li'].id}", json={"password": "a kettle that sings"})
    assert (await answered(door, stale, code_of(secret, desk.clock))).status_code == 401


async def test_it_is_given_up_with_a_code_and_not_without(desk):
    browser, secret, _ = await enrolled(desk)
    assert (await browser.post("/api/v1/me/two-factor")).status_code == 409
    assert (await browser.post("/api/v1/me/two-factor/off", json={"code": "123456"})).status_code == 400
    fresh = await browser.post("/api/v1/me/two-factor/recovery-codes", json={"code": code_of(secret, desk.clock)})
    assert len(fresh.json()["recovery_codes"]) == 10
    desk.clock.go_on(totp.STEP)
    off = await browser.post("/api/v1/me/two-factor/off", json={"code": code_of(secret, desk.clock)})
    assert off.status_code == 204
    assert (await desk.client().post("/api/v1/session", json=LI)).status_code == 200


async def test_who_must_have_one_is_led_to_it_at_the_next_sign_in(desk):
    ada, li = await desk.signed_in("ada"), await desk.signed_in("li")
    assert (await li.put("/api/v1/security/two-factor", json={"roles": []})).status_code == 403
    assert (await ada.put("/api/v1/security/two-factor", json={"roles": ["boss"]})).status_code == 400
    told = (await ada.put("/api/v1/security/two-factor", json={"roles": ["agent"]})).json()
    assert told["two_factor_roles"] == ["agent"]
    assert (await li.get("/api/v1/me")).status_code == 200
    assert (await li.get("/api/v1/me/two-factor")).json()["required"] is True

    door = desk.client()
    needed = (await door.post("/api/v1/session", json=LI)).json()
    assert (needed["code"], needed["enrol"]) == ("second_factor_needed", True)
    begun = await door.post("/api/v1/session/second-factor/enrol", json={"challenge": needed["challenge"]})
    secret = begun.json()["secret"]
    assert (await answered(door, needed["challenge"], "000000")).status_code == 400
    entered = await answered(door, needed["challenge"], code_of(secret, desk.clock))
    assert len(entered.json()["recovery_codes"]) == 10
    assert (await door.get("/api/v1/me")).status_code == 200
    # Who has one can't be given another by somebody who knows the password alone.
    desk.clock.go_on(totp.STEP)
    thief = desk.client()
    stolen = await challenge_of(thief)
    refused = await thief.post("/api/v1/session/second-factor/enrol", json={"challenge": stolen})
    assert refused.status_code == 409
    # The administrators were not asked for one.
    assert (await desk.signed_in("ada")).cookies


async def test_somebody_who_lost_his_telephone_is_helped_by_an_administrator(desk):
    browser, _, _ = await enrolled(desk)
    ada = await desk.signed_in("ada")
    li_id = desk.agents["li"].id
    [line] = [one for one in (await ada.get("/api/v1/agents")).json()["agents"] if one["id"] == li_id]
    assert line["two_factor"] is True
    assert (await browser.delete(f"/api/v1/agents/{desk.agents['ada'].id}/two-factor")).status_code == 403
    assert (await ada.delete(f"/api/v1/agents/{li_id}/two-factor")).status_code == 204
    assert (await browser.get("/api/v1/me")).status_code == 401
    assert (await desk.client().post("/api/v1/session", json=LI)).status_code == 200
    assert (await ada.delete(f"/api/v1/agents/{li_id}/two-factor")).status_code == 409


async def test_a_secret_is_not_kept_in_the_clear(desk):
    _, secret, _ = await enrolled(desk)
    assert secret not in await desk.desk.services.database.read(_everything)


async def test_sessions_are_seen_and_ended_one_by_one_or_all_others(desk):
    here, phone, old = [await desk.signed_in("li") for _ in range(3)]
    listed = (await here.get("/api/v1/me/sessions")).json()["sessions"]
    assert (len(listed), sum(one["current"] for one in listed)) == (3, 1)
    assert all(one["browser"].startswith("python-httpx") for one in listed)
    [mine] = [one for one in (await phone.get("/api/v1/me/sessions")).json()["sessions"] if one["current"]]
    assert (await here.delete(f"/api/v1/me/sessions/{mine['id']}")).status_code == 204
    assert (await here.delete(f"/api/v1/me/sessions/{mine['id']}")).status_code == 404
    assert [(await one.get("/api/v1/me")).status_code for one in (here, phone, old)] == [200, 401, 200]
    ada = await desk.signed_in("ada")
    [hers] = (await ada.get("/api/v1/me/sessions")).json()["sessions"]
    assert (await here.delete(f"/api/v1/me/sessions/{hers['id']}")).status_code == 404
    assert (await here.delete("/api/v1/me/sessions")).status_code == 204
    assert [(await one.get("/api/v1/me")).status_code for one in (here, old, ada)] == [200, 401, 200]


async def _everything(tx):
    tables = ("agents", "two_factors", "recovery_codes", "sign_in_challenges", "events", "jobs", "security")
    return str([[tuple(row) for row in await tx.rows(f"SELECT * FROM {table}")] for table in tables])
