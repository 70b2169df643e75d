"""Mail in and out for real: Postfix carries it, Dovecot keeps it, and the desk is a server of its own."""

import asyncio
import email
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import httpx
import pytest

from goodword.app import open_desk
from goodword.channels.actions.add_channel import add_channel
from goodword.channels.actions.edit_channel import edit_channel
from goodword.channels.secrets import sealed_settings
from goodword.platform.db import Tx
from goodword.platform.events import SYSTEM, Stamp
from goodword.platform.settings import load
from goodword.rig.mail.smtp import TAKE_AND_HANG, ScriptedSmtp
from goodword.rig.server import Server
from goodword.staff import add_agent, hashed
from tests.mailservers.servers import MailServers
from tests.walks.conftest import LI, PASSWORD
from tests.walks.people import PATIENCE, until

pytestmark = [pytest.mark.slow]


class Care:
    """Li Na at a desk with a mailbox; ``address`` is what customers write to."""

    def __init__(self, folder: Path, url: str, servers: MailServers, address: str, channel_id: str) -> None:
        self.folder = folder
        self.url = url
        self.servers = servers
        self.address = address
        self.channel_id = channel_id
        self.dana = f"dana-{uuid.uuid4().hex[:8]}@customers.example"

    def server(self) -> Server:
        return Server(self.folder, database_url=self.url, embedding="none", assistant_answers="false")

    def writes(self, subject: str, text: str, *, to: str = "", sender: str = "", **headers: str) -> str:
        """A customer's mail goes off; its Message-ID."""
        mail = EmailMessage()
        sender = sender or self.dana
        mail["From"], mail["To"], mail["Subject"] = f"Dana Evans <{sender}>", to or self.address, subject
        mail["Message-ID"] = f"<{uuid.uuid4().hex}@customers.example>"
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        self.servers.send(mail, sender, to or self.address)
        return str(mail["Message-ID"])


class Li:
    """Signed in at a server."""

    def __init__(self, server: Server) -> None:
        self.http = httpx.Client(base_url=server.url, headers={"Origin": server.url}, timeout=PATIENCE)
        self.http.post("/api/v1/session", json={"email": LI.email, "password": PASSWORD}).raise_for_status()

    def rows(self) -> list[dict[str, Any]]:
        return list(self.http.get("/api/v1/conversations").raise_for_status().json()["conversations"])

    def events(self, id: str) -> list[dict[str, Any]]:
        return list(self.http.get(f"/api/v1/conversations/{id}").raise_for_status().json()["events"])

    def texts(self, id: str) -> list[str]:
        """What was said there, by anybody."""
        said = (event["data"].get("message") for event in self.events(id))
        return [message["text"] for message in said if message]

    def sees(self, many: int) -> list[dict[str, Any]]:
        return until(self.rows, lambda rows: len(rows) >= many)

    def until_event(self, id: str, type_: str, about: str = "") -> dict[str, Any]:
        """What the newest event of this type says, once there is one; ``about``: somewhere in it."""

        def found() -> list[dict[str, Any]]:
            return [one["data"] for one in self.events(id) if one["type"] == type_ and about in str(one["data"])]

        return dict(until(found, len)[-1])

    def answers(self, id: str, text: str) -> None:
        call = {"client_id": uuid.uuid4().hex, "text": text}
        self.http.post(f"/api/v1/conversations/{id}/replies", json=call).raise_for_status()


@pytest.fixture
def care(tmp_path: Path, database_url: str, mail_servers: MailServers) -> Care:
    address = f"care-{uuid.uuid4().hex[:8]}@fennel-oak.example"
    channel_id = asyncio.run(furnish(tmp_path, database_url, mail_servers.settings(address)))
    return Care(tmp_path, database_url, mail_servers, address, channel_id)


@pytest.fixture
def open_servers(care: Care) -> Iterator[Callable[[], tuple[Server, Li]]]:
    """``open_servers()``: one more server over the same desk, and Li signed in there."""
    with ExitStack() as stack:

        def one() -> tuple[Server, Li]:
            server = stack.enter_context(care.server())
            return server, Li(server)

        yield one


async def furnish(folder: Path, url: str, settings: dict[str, Any]) -> str:
    password = await hashed(PASSWORD, LI.email)
    async with open_desk(load({}, data=folder, database_url=url), reacting=False) as desk:
        manifest = desk.services.registry.get("email").manifest
        sealed = sealed_settings(manifest, settings, desk.services.secret_key)

        async def deed(tx: Tx) -> str:
            stamp = Stamp(desk.services.clock.now(), SYSTEM)
            await add_agent(tx, stamp, LI, password)
            return (await add_channel(tx, stamp, manifest, "Care", sealed))[0].id

        return await desk.services.database.write(deed)


def test_a_mail_is_a_conversation_within_seconds_and_a_second_one_of_the_thread_goes_on_there(care, open_servers):
    _, li = open_servers()
    began = time.monotonic()
    first = care.writes("My kettle drips", "It drips since Monday.")
    [row] = li.sees(1)
    assert time.monotonic() - began < 10
    assert (row["subject"], row["customer"]["name"]) == ("My kettle drips", "Dana Evans")
    care.writes("Re: My kettle drips", "And now it is broken.", In_Reply_To=first, References=first)
    until(lambda: li.texts(row["id"]), lambda texts: "And now it is broken." in texts)
    assert len(li.rows()) == 1
    health = li.http.get(f"/api/v1/channels/{care.channel_id}/health").json()
    assert health["in"]["ok_at"]
    assert (health["in"]["reason"], health["waiting"], health["quarantined"]) == ("", 0, 0)


@pytest.mark.fault
def test_when_the_process_that_listens_is_killed_another_one_hears_the_next_mail_within_seconds(care, open_servers):
    first, li = open_servers()
    _, other = open_servers()
    care.writes("One", "Number one.")
    li.sees(1)
    first.kill()
    began = time.monotonic()
    care.writes("Two", "Number two.")
    assert sorted(row["subject"] for row in other.sees(2)) == ["One", "Two"]
    assert time.monotonic() - began < 15


def test_an_answer_goes_out_and_the_customers_reply_comes_back_into_the_thread(care, open_servers):
    _, li = open_servers()
    asked = care.writes("My kettle drips", "It drips since Monday.")
    [row] = li.sees(1)
    li.answers(row["id"], "A new one is on its way.")
    answer = answers_to(care, 1)[-1]
    assert care.address in answer["From"]
    assert care.dana in answer["To"]
    assert answer["Subject"].startswith("Re: My kettle drips")
    assert asked in answer["In-Reply-To"]
    assert "A new one is on its way." in body(answer)
    said = li.until_event(row["id"], "Delivered", answer["Message-ID"].strip("<>"))
    assert "250" in said["answer"]

    care.writes(answer["Subject"], "It has come, thank you!", In_Reply_To=answer["Message-ID"])
    until(lambda: li.texts(row["id"]), lambda texts: "It has come, thank you!" in texts)
    care.writes("Something else", "By your address alone.", to=parseaddr(answer["Reply-To"] or answer["From"])[1])
    until(lambda: li.texts(row["id"]), lambda texts: "By your address alone." in texts)
    assert len(li.rows()) == 1


def test_a_mail_that_nobody_takes_comes_back_and_is_seen_at_the_message(care, open_servers, outside):
    _, li = open_servers()
    ghost = f"ghost-{uuid.uuid4().hex[:8]}@outside.example"
    outside.refuses(ghost, "550 5.1.1 No such user here")
    care.writes("Where is my parcel?", "It was to come today.", sender=ghost)
    [row] = li.sees(1)
    li.answers(row["id"], "It is with the carrier.")
    back = li.until_event(row["id"], "Bounced")
    assert (back["recipient"], back["status"][:1], back["action"]) == (ghost, "5", "failed")
    assert "No such user" in back["detail"]
    assert len(li.rows()) == 1, "what came back is no question of a customer's"


def test_a_mail_that_is_refused_for_now_leaves_later_and_once(care, open_servers, outside):
    _, li = open_servers()
    busy = f"busy-{uuid.uuid4().hex[:8]}@outside.example"
    outside.will("RCPT", "451 4.7.1 Try again later")
    care.writes("Hello", "Is anybody there?", sender=busy)
    [row] = li.sees(1)
    li.answers(row["id"], "Yes, we are.")
    until(lambda: said(outside), len)
    assert len(said(outside)) == 1


def test_an_agent_writes_first_three_get_it_and_the_answer_comes_back_into_the_conversation(care, open_servers):
    _, li = open_servers()
    omar, yuna, boss = (f"{who}-{uuid.uuid4().hex[:8]}@customers.example" for who in ("omar", "yuna", "boss"))
    call = {
        "client_id": uuid.uuid4().hex,
        "channel_id": care.channel_id,
        "to": [{"address": omar, "name": "Omar Diallo"}],
        "cc": [{"address": yuna, "name": "박유나"}],
        "bcc": [{"address": boss}],
        "subject": "Your new kettle",
        "text": "It is ready to be fetched.",
    }
    begun = li.http.post("/api/v1/conversations", json=call).raise_for_status().json()
    id = begun["conversation"]["id"]
    assert (begun["conversation"]["customer"]["name"], begun["conversation"]["status"]) == ("Omar Diallo", "waiting")
    got = [care.servers.await_mail(address)[0] for address in (omar, yuna, boss)]
    mails = [email.message_from_bytes(raw, policy=default) for raw in got]
    assert len({mail["Message-ID"] for mail in mails}) == 1
    for mail in mails:
        assert (parseaddr(mail["To"])[1], parseaddr(mail["Cc"])[1]) == (omar, yuna)
        assert mail["Subject"].startswith("Your new kettle [#")
        assert "It is ready to be fetched." in body(mail)
    for raw in got[:2]:
        assert boss.encode() not in raw
    li.until_event(id, "Delivered", mails[0]["Message-ID"].strip("<>"))

    back = {"sender": omar, "to": parseaddr(mails[0]["Reply-To"] or mails[0]["From"])[1]}
    care.writes("Re: Your new kettle", "I come tomorrow.", In_Reply_To=mails[0]["Message-ID"], **back)
    until(lambda: li.texts(id), lambda texts: "I come tomorrow." in texts)
    [row] = li.rows()
    assert (row["id"], row["status"], row["handler"], row["unread"]) == (id, "open", "agent", 1)
    assert len(care.servers.mails(omar)) == 1, "nobody acknowledges an answer to what we began"


def answers_to(care: Care, many: int) -> list[EmailMessage]:
    """What Dana has got of the desk's agents; acknowledgements are not among it."""

    def got() -> list[EmailMessage]:
        mails = [email.message_from_bytes(raw, policy=default) for raw in care.servers.mails(care.dana)]
        return [mail for mail in mails if not mail["Auto-Submitted"]]

    return until(got, lambda mails: len(mails) >= many)


def body(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part
    return str(part.get_content())


@pytest.fixture
def outside(mail_servers: MailServers) -> Iterator[ScriptedSmtp]:
    """The rest of the world, behind Postfix."""
    sink = ScriptedSmtp()
    sink.port = mail_servers.sink
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    asyncio.run_coroutine_threadsafe(sink.__aenter__(), loop).result(PATIENCE)
    yield sink
    asyncio.run_coroutine_threadsafe(sink.__aexit__(None, None, None), loop).result(PATIENCE)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(PATIENCE)


@pytest.mark.fault
def test_a_desk_that_dies_while_the_relay_takes_its_mail_sends_the_same_one_again(care, open_servers, outside):
    outside.users = {care.address: care.servers.password}
    asyncio.run(change(care, {"smtp_port": outside.port, "acknowledge": False}))
    server, li = open_servers()
    outside.will("END", TAKE_AND_HANG)
    care.writes("Hello", "Is anybody there?")
    [row] = li.sees(1)
    li.answers(row["id"], "Yes, we are.")
    until(lambda: said(outside), len)
    server.kill()
    _, li = open_servers()
    li.until_event(row["id"], "Delivered")
    assert len(said(outside)) == 2
    assert len({email.message_from_bytes(raw)["Message-ID"] for raw in said(outside)}) == 1
    assert [event["type"] for event in li.events(row["id"])].count("ReplyQueued") == 1


def said(outside: ScriptedSmtp) -> list[bytes]:
    return [one.raw for one in outside.taken if b"Yes, we are." in one.raw]


async def change(care: Care, settings: dict[str, Any]) -> None:
    async with open_desk(load({}, data=care.folder, database_url=care.url), reacting=False) as desk:
        manifest = desk.services.registry.get("email").manifest
        sealed = sealed_settings(manifest, settings, desk.services.secret_key)
        stamp = Stamp(desk.services.clock.now(), SYSTEM)
        await desk.services.database.write(edit_channel, stamp, manifest, care.channel_id, settings=sealed)
