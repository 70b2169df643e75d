"""What stands in the way of a mailbox is said as a person can act on it; and nothing waits for ever."""

import asyncio

import pytest

from goodword.channels.adapters.email.fetching import connecting
from goodword.channels.adapters.email.fetching.connecting import MailboxTrouble, Way
from goodword.channels.adapters.email.fetching.session import opened
from goodword.rig.server import free_port
from tests.mailservers.servers import PASSWORD, MailServers
from tests.mailservers.wire import Wire

pytestmark = pytest.mark.anyio
CARE = "care@fennel-oak.example"


@pytest.fixture
def trusted(mail_servers: MailServers, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a known authority had signed the server's certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(mail_servers.certificate))


def ways(servers: MailServers) -> dict[str, Way]:
    return {
        "tls": Way("localhost", servers.imaps, "tls", CARE, PASSWORD),
        "starttls": Way("localhost", servers.imap, "starttls", CARE, PASSWORD),
        "none": Way("localhost", servers.imap, "none", CARE, PASSWORD),
    }


async def said(way: Way) -> str:
    with pytest.raises(MailboxTrouble) as caught:
        async with opened(way):
            pass
    assert PASSWORD not in str(caught.value)
    return caught.value.reason


@pytest.mark.parametrize("security", ["tls", "starttls", "none"])
async def test_a_mailbox_opens_over_every_kind_of_line(mail_servers, trusted, security):
    async with opened(ways(mail_servers)[security]) as session:
        assert "INBOX" in await session.folders()
        assert session.can_wait


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_a_certificate_that_nobody_has_signed_opens_nothing(mail_servers, security):
    assert await said(ways(mail_servers)[security]) == "certificate"


async def test_a_certificate_for_another_name_opens_nothing(mail_servers, trusted):
    assert await said(Way("127.0.0.1.nip.invalid", mail_servers.imaps, "tls", CARE, PASSWORD)) == "name"
    assert await said(Way("127.0.0.3", mail_servers.imaps, "tls", CARE, PASSWORD)) == "refused"


async def test_a_wrong_password_a_wrong_port_and_a_server_that_is_not_there_are_told_apart(mail_servers):
    port = mail_servers.imap
    assert await said(Way("localhost", port, "none", CARE, "sage")) == "password"
    assert await said(Way("localhost", port, "none", CARE, "Salbei & Ölbaum 살비아")) == "password"
    assert await said(Way("localhost", port, "none", CARE, token="ya29.stale")) == "oauth"
    assert await said(Way("localhost", free_port(), "none", CARE, PASSWORD)) == "refused"
    assert await said(Way("nowhere.invalid", port, "none", CARE, PASSWORD)) == "name"
    assert await said(Way("", port, "none", CARE, PASSWORD)) == "name"
    assert await said(Way("localhost", port, "tls", CARE, PASSWORD)) == "tls"


@pytest.mark.parametrize("user", ["käse@fennel-oak.example", 'the "desk"@fennel-oak.example', "FENNEL\\\\care"])
async def test_names_of_any_letters_are_taken(mail_servers, user):
    async with opened(Way("localhost", mail_servers.imap, "none", user, PASSWORD)) as session:
        assert await session.look_at("INBOX")


async def test_a_token_opens_what_it_was_given_for_and_nothing_for_longer(mail_servers):
    def way(token: str) -> Way:
        return Way("localhost", mail_servers.imap, "none", CARE, token=token)

    async with opened(way(mail_servers.access_token(CARE))) as session:
        assert await session.look_at("INBOX")
    assert await said(way(mail_servers.access_token(CARE, seconds=-60))) == "oauth"
    assert await said(way(mail_servers.access_token("dana@customers.example"))) == "oauth"


async def test_a_server_that_accepts_and_then_says_nothing_is_given_up(monkeypatch):
    monkeypatch.setattr(connecting, "CONNECT", 0.3)
    async with Wire(0) as wire:
        wire.hangs = True
        for security in ("none", "starttls", "tls"):
            assert await said(Way("localhost", wire.port, security, CARE, PASSWORD)) == "timeout"


async def test_who_stops_waiting_leaves_no_thread_behind(mail_servers):
    async with opened(ways(mail_servers)["none"]) as session:
        await session.look_at("INBOX")
        waiting = asyncio.create_task(session.news(600))
        await asyncio.sleep(0.1)
        waiting.cancel()
        thread = session.thread
    await asyncio.to_thread(thread.shutdown)
