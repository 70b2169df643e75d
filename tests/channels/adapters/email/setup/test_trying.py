"""A mailbox is tried for real, and what stands in the way is said in a word."""

from typing import Any

import pytest

from goodword.channels.adapters.email.fetching.connecting import MailboxTrouble
from goodword.channels.adapters.email.setup.trying import Way, try_both, try_fetching, try_sending
from goodword.rig.mail.certificate import client_side, server_side
from goodword.rig.mail.smtp import ScriptedSmtp
from goodword.rig.server import free_port
from tests.mailservers.servers import MailServers

pytestmark = pytest.mark.anyio
ADDRESS = "care@fennel-oak.example"


def sending(server: ScriptedSmtp, **more: Any) -> dict[str, Any]:
    given = {"outbound": "smtp", "address": ADDRESS, "smtp_host": "localhost", "smtp_port": server.port}
    return {**given, "smtp_security": server.security, "smtp_user": ADDRESS, "smtp_password": "saffron", **more}


async def outcome(server: ScriptedSmtp, **more: Any) -> tuple[bool, str]:
    way = await try_sending(sending(server, **more), tls=client_side())
    assert way.ok or way.detail
    return way.ok, way.reason


async def test_a_mailbox_that_sends_is_asked_and_sends_nothing() -> None:
    async with ScriptedSmtp(users={ADDRESS: "saffron"}, security="starttls", certificate=server_side()) as server:
        assert await outcome(server) == (True, "")
    assert server.taken == []
    assert not [said for said in server.said if said.startswith("DATA")]


async def test_each_step_that_fails_is_named() -> None:
    async with ScriptedSmtp(users={ADDRESS: "saffron"}, security="tls", certificate=server_side()) as server:
        assert await outcome(server, smtp_password="pepper") == (False, "password")
        assert await outcome(server, smtp_host="mail.nowhere.invalid") == (False, "name")
        assert await outcome(server, smtp_port=free_port()) == (False, "refused")
        assert (await try_sending(sending(server))).reason == "certificate"
        server.will("MAIL", "553 5.7.1 Sender address rejected: not owned by user")
        assert await outcome(server) == (False, "sender_refused")
        server.will("RCPT", "554 5.7.1 Relay access denied")
        assert await outcome(server) == (False, "relay_refused")
        server.will("RCPT", "451 4.7.1 Greylisted")
        assert await outcome(server) == (True, "")


async def test_encryption_that_is_not_there() -> None:
    async with ScriptedSmtp() as server:
        assert await outcome(server, smtp_security="starttls") == (False, "tls")
        assert await outcome(server, smtp_security="tls") == (False, "tls")


async def test_what_is_not_wanted_is_not_tried() -> None:
    settings = {"inbound": "webhook", "outbound": "none"}
    assert await try_both(settings, "") == await try_both(settings, MailboxTrouble("oauth"))
    assert (await try_both(settings, "")).incoming == Way()


async def test_leave_that_has_ended_stands_in_the_way_of_both() -> None:
    tried = await try_both({"inbound": "imap", "outbound": "smtp"}, MailboxTrouble("oauth", "status_400"))
    assert (tried.incoming.reason, tried.outgoing.reason) == ("oauth", "oauth")


async def test_no_server_is_named() -> None:
    tried = await try_both({"inbound": "imap", "outbound": "smtp"}, "")
    assert (tried.incoming.reason, tried.outgoing.reason) == ("name", "name")


async def test_both_ways_for_real(mail_servers: MailServers) -> None:
    whose = "trying@fennel-oak.example"
    settings = mail_servers.settings(whose, inbound="imap", outbound="smtp")
    tried = await try_both({**settings, "folders": ["inbox"]}, "")
    assert (tried.incoming.ok, tried.outgoing.ok) == (True, True)
    assert "INBOX" in tried.incoming.folders
    missing = await try_fetching({**settings, "folders": ["INBOX", "Orders"]})
    assert (missing.ok, missing.reason, missing.detail) == (False, "folder", "Orders")
    assert (await try_fetching({**settings, "imap_password": "pepper"})).reason == "password"
    assert (await try_fetching({**settings, "imap_port": free_port()})).reason == "refused"
    assert mail_servers.mails(whose) == []
