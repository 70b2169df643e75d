"""Setting up a mailbox over HTTP; and no door, event or log ever tells a secret."""

import logging
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from goodword.channels import store
from goodword.channels.secrets import opened_settings
from goodword.platform.clock import MINUTE
from goodword.rig.mail.smtp import ScriptedSmtp
from tests.channels.adapters.email.mailroom import MAILBOX, Mailroom, mail
from tests.channels.adapters.email.setup.test_oauth import Provider

pytestmark = pytest.mark.anyio
DOOR = "/api/v1/channels/email"
SECRET = "saffron-and-salt"
OURS = {
    "sign_in": "google",
    "oauth_client_id": "desk",
    "oauth_client_secret": SECRET,
    "oauth_refresh_token": SECRET,
    "imap_password": SECRET,
    "smtp_password": SECRET,
    "webhook_secret": SECRET,
}


async def edit(room: Mailroom, **settings: Any) -> httpx.Response:
    ada = await room.house.signed_in("ada")
    return await ada.patch(f"/api/v1/channels/{room.box.id}", json={"settings": settings})


async def everything_kept(room: Mailroom) -> str:
    """Every event, job and channel, as the database has it."""

    async def deed(tx):
        tables = ("events", "jobs", "channels", "channel_health")
        return repr([[dict(row) for row in await tx.rows(f"SELECT * FROM {table}")] for table in tables])

    return str(await room.house.desk.services.database.read(deed))


async def test_no_secret_is_ever_told(room: Mailroom, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    ada = await room.house.signed_in("ada")
    made = await ada.post(
        "/api/v1/channels", json={"kind": "email", "name": "Care", "settings": {"address": MAILBOX, **OURS}}
    )
    changed = await edit(room, **OURS, smtp_host="127.0.0.1", smtp_port=9, outbound="smtp", smtp_security="none")
    again = await edit(room, sender_name="Care")
    arrival = await room.takes(mail())
    await ada.post(f"/api/v1/conversations/{arrival.conversation_id}/replies", json={"client_id": "r", "text": "Yes."})
    await room.house.settle()
    asked = await ada.post(f"{DOOR}/try", json={"channel_id": room.box.id, "settings": {}})
    answers = [made, changed, again, asked, await ada.get("/api/v1/channels"), await ada.get("/api/v1/channels/kinds")]
    answers += [await ada.get(f"/api/v1/conversations/{arrival.conversation_id}"), await ada.get("/api/v1/audit")]
    answers += [await ada.get(f"/api/v1/channels/{room.box.id}/health")]
    assert [answer.status_code for answer in answers[:7]] == [201, 200, 200, 200, 200, 200, 200]
    assert [made.json()["settings"][name] for name in OURS if name.endswith(("password", "secret", "token"))] == [
        True
    ] * 5
    told = " ".join(answer.text for answer in answers)
    assert SECRET not in told
    assert '"sealed"' not in told
    kept = await everything_kept(room)
    assert SECRET not in kept
    assert '"sealed":' not in await facts(room)
    assert SECRET not in caplog.text + "".join(capfd.readouterr())


async def facts(room: Mailroom) -> str:
    async def deed(tx):
        return "".join(row["data"] for row in await tx.rows("SELECT data FROM events"))

    return str(await room.house.desk.services.database.read(deed))


async def test_a_secret_that_is_not_given_stays_and_an_empty_one_is_forgotten(room: Mailroom):
    async with ScriptedSmtp(users={MAILBOX: SECRET}) as server:
        there = {"outbound": "smtp", "smtp_host": "127.0.0.1", "smtp_port": server.port, "smtp_security": "none"}
        await edit(room, **there, smtp_user=MAILBOX, smtp_password=SECRET)
        for unchanged in ({}, {"smtp_password": None}, {"smtp_password": True}):
            shown = (await edit(room, **unchanged)).json()["settings"]
            assert shown["smtp_password"] is True
            assert (await tried(room))["outgoing"] == {"ok": True, "reason": "", "detail": "", "folders": []}
        assert (await edit(room, smtp_password="")).json()["settings"]["smtp_password"] is False
        assert (await tried(room))["outgoing"]["reason"] == "password"


async def tried(room: Mailroom, **settings: Any) -> dict[str, Any]:
    ada = await room.house.signed_in("ada")
    answer = await ada.post(f"{DOOR}/try", json={"channel_id": room.box.id, "settings": settings})
    answer.raise_for_status()
    return dict(answer.json())


async def test_a_mailbox_is_tried_before_it_is_kept(room: Mailroom):
    async with ScriptedSmtp(users={MAILBOX: SECRET}) as server:
        settings = {
            "address": MAILBOX,
            "inbound": "none",
            "smtp_host": "127.0.0.1",
            "smtp_port": server.port,
            "smtp_security": "none",
            "smtp_password": SECRET,
        }
        ada = await room.house.signed_in("ada")
        both = (await ada.post(f"{DOOR}/try", json={"channel_id": None, "settings": settings})).json()
    assert (both["incoming"]["ok"], both["outgoing"]["ok"]) == (True, True)
    assert len((await ada.get("/api/v1/channels")).json()["channels"]) == 3


async def test_servers_are_found_with_what_to_do_first_in_the_callers_language(room: Mailroom):
    ada = await room.house.signed_in("ada")
    found = await ada.post(f"{DOOR}/find", json={"address": "x@qq.com"}, headers={"Accept-Language": "zh-CN"})
    assert found.json()["imap"] == {"host": "imap.qq.com", "port": 993, "security": "tls"}
    assert "授权码" in found.json()["note"]
    assert (await ada.post(f"{DOOR}/find", json={"address": "nobody"})).status_code == 400


async def test_only_who_manages_channels_may_ask(room: Mailroom):
    jun = await room.house.signed_in("jun")
    asked = [
        await jun.post(f"{DOOR}/find", json={"address": "x@qq.com"}),
        await jun.post(f"{DOOR}/try", json={"settings": {}}),
        await jun.get(f"{DOOR}/{room.box.id}/sign-in"),
        await jun.get(f"{DOOR}/signed-in"),
    ]
    assert [answer.status_code for answer in asked] == [403] * 4


@pytest.fixture
def provider(room: Mailroom, monkeypatch) -> Provider:
    """Google, as this desk reaches it."""
    made = Provider()
    monkeypatch.setattr(room.house.desk.services.outgoing, "_client", made.outgoing._client)
    return made


async def set_out(room: Mailroom, ada: httpx.AsyncClient) -> dict[str, str]:
    await edit(room, sign_in="google", oauth_client_id="desk", oauth_client_secret=SECRET)
    there = (await ada.get(f"{DOOR}/{room.box.id}/sign-in")).json()["url"]
    return {name: value[0] for name, value in parse_qs(urlsplit(there).query).items()}


async def test_the_owner_of_a_mailbox_agrees_at_his_provider_and_it_opens(room: Mailroom, provider: Provider):
    ada = await room.house.signed_in("ada")
    asked = await set_out(room, ada)
    assert asked["login_hint"] == MAILBOX
    back = await ada.get(f"{DOOR}/signed-in", params={"state": asked["state"], "code": "yes"})
    assert back.headers["location"] == f"/workspace/settings/channels?mailbox={room.box.id}&signed_in=google"
    assert provider.asked[0]["redirect_uri"] == asked["redirect_uri"]
    channels = (await ada.get("/api/v1/channels")).json()["channels"]
    assert next(one for one in channels if one["id"] == room.box.id)["settings"]["oauth_refresh_token"] is True


async def test_who_comes_back_with_a_made_up_or_old_errand_is_told_so(room: Mailroom, provider: Provider):
    ada, li = await room.house.signed_in("ada"), await room.house.signed_in("li")
    state = (await set_out(room, ada))["state"]
    assert (await li.get(f"{DOOR}/signed-in", params={"state": state, "code": "yes"})).status_code == 403
    for given in ("", "made up", state[:-4] + "AAAA"):
        back = await ada.get(f"{DOOR}/signed-in", params={"state": given, "code": "yes"})
        assert back.headers["location"].endswith("trouble=errand")
    declined = await ada.get(f"{DOOR}/signed-in", params={"state": state, "error": "access_denied"})
    assert declined.headers["location"].endswith("trouble=refused")
    room.house.clock.go_on(16 * MINUTE)
    late = await ada.get(f"{DOOR}/signed-in", params={"state": state, "code": "yes"})
    assert late.headers["location"].endswith("trouble=errand")
    assert provider.asked == []


async def test_a_renewed_secret_is_kept_when_a_mail_leaves(room: Mailroom, provider: Provider):
    provider.rotates = True
    async with ScriptedSmtp(users={MAILBOX: "access-1"}) as server:
        there = {"outbound": "smtp", "smtp_host": "127.0.0.1", "smtp_port": server.port, "smtp_security": "none"}
        signed = {"sign_in": "google", "oauth_client_id": "desk", "oauth_refresh_token": "refresh-0"}
        await edit(room, **there, **signed)
        arrival = await room.takes(mail())
        ada = await room.house.signed_in("ada")
        said = {"client_id": "r", "text": "Yes."}
        await ada.post(f"/api/v1/conversations/{arrival.conversation_id}/replies", json=said)
        await room.house.settle()
    assert server.taken
    assert (await kept_settings(room))["oauth_refresh_token"] == "refresh-1"


async def kept_settings(room: Mailroom) -> dict[str, Any]:
    services = room.house.desk.services
    channel = await services.database.read(store.get, room.box.id)
    return opened_settings(channel, services.registry.get("email").manifest, services.secret_key)
