"""What every answer owes to whoever asks, and what the door never lets through."""

import pytest

from tests.desks import House, house

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk(database_url, tmp_path, clock):
    async with house(tmp_path, database_url, clock) as opened:
        yield opened


async def test_it_lives_and_can_serve(desk: House):
    assert (await desk.http.get("/healthz")).json() == {"status": "alive"}
    assert (await desk.http.get("/readyz")).json() == {"status": "ready"}


async def test_every_answer_carries_the_safety_headers(desk: House):
    for path in ("/healthz", "/api/v1/me", "/nothing/here", "/help/en/", "/api/v1/setup"):
        headers = (await desk.http.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff", path
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy, path
        assert "unsafe" not in policy, path


async def test_what_is_not_there_is_a_problem_in_the_readers_language(desk: House):
    answer = await desk.http.get("/api/v1/nothing", headers={"Accept-Language": "fr-CA,fr;q=0.9"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["code"] == "not_found"


async def test_a_cookie_does_not_count_from_another_site(desk: House):
    li = await desk.signed_in("li")
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = await li.put("/api/v1/me/availability", json={"availability": "away"}, headers=headers)
        assert answer.status_code == 403, headers
    assert (await li.put("/api/v1/me/availability", json={"availability": "away"})).status_code == 200


async def test_nobody_climbs_out_of_the_folder_of_a_client(desk: House):
    for path in (
        "/widget/..%2f..%2fpages.py",
        "/workspace/assets/..%2f..%2f..%2fpages.py",
        "/widget/%2e%2e/headers.py",
    ):
        answer = await desk.http.get(path)
        assert "import" not in answer.text, path


async def test_the_agents_door_is_closed_to_strangers(desk: House):
    schema = (await desk.http.get("/schema/openapi.json")).json()
    there_and_back = {"/api/v1/sign-in/oidc/start", "/api/v1/sign-in/oidc/callback"}
    open_to_all = {"/api/v1/setup", "/api/v1/session", "/api/v1/sign-in", *there_and_back}
    for path, calls in schema["paths"].items():
        if not path.startswith("/api/v1/") or path in open_to_all or "{key}" in path:
            continue
        for method in calls:
            answer = await desk.http.request(method.upper(), path.replace("{", "").replace("}", ""), json={})
            # 400: what was asked makes no sense to begin with; nothing was looked at.
            assert answer.status_code in (400, 401), (method, path, answer.status_code)
