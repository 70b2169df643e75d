"""Through a real Postfix into a real mailbox."""

import ssl

import pytest

from goodword.channels.adapters.email.parsing import parse
from goodword.channels.adapters.email.sending import compose
from goodword.channels.adapters.email.sending.relay import Relay, relay_of, send
from goodword.conversations.model import Attachment, Letter, Party
from goodword.platform.errors import Rejected, Unreachable
from tests.channels.adapters.email.outbounds import message, outbound
from tests.mailservers.servers import MailServers

pytestmark = pytest.mark.anyio
FILE = Attachment("fil_01k2aaaaaaaaaaaaaaaaaaaaaa", "사진 – 주전자.png", "image/png", 3_000_000, "/files/x")


def relay(servers: MailServers, **more: str) -> Relay:
    return relay_of({**servers.settings("support@fennel-oak.example"), "imap_password": "", **more})


def to(address: str, name: str = "김민준"):
    said = message("안녕하세요.\n.\n..\n주전자 " * 3, attachments=(FILE,))
    return compose(
        outbound(said, answers=Letter("주전자가 새요", sender=Party(address, name))), {FILE.id: bytes(3_000_000)}
    )


@pytest.mark.parametrize("security", ["none", "starttls"])
async def test_what_arrives_is_what_left(mail_servers: MailServers, security: str) -> None:
    address = f"kim-{security}@customers.example"
    trusted = ssl.create_default_context(cafile=mail_servers.certificate)
    mail = to(address)
    receipt = await send(relay(mail_servers, smtp_security=security), mail, tls=trusted)
    assert receipt.answer.startswith("250 2.0.0 Ok: queued as ")
    arrived, left = parse(mail_servers.await_mail(address)[0]), parse(mail.raw)
    assert (arrived.message_id, arrived.subject, arrived.text) == (mail.message_id, left.subject, left.text)
    assert arrived.to[0].name == "김민준"
    assert [(part.name, len(part.content)) for part in arrived.attachments] == [(FILE.name, 3_000_000)]


async def test_a_wrong_password_is_the_mailboxs_trouble(mail_servers: MailServers) -> None:
    trusted = ssl.create_default_context(cafile=mail_servers.certificate)
    wrong = relay(mail_servers, smtp_security="starttls", smtp_password="pepper")
    with pytest.raises(Unreachable) as no:
        await send(wrong, to("kim@customers.example"), tls=trusted)
    assert no.value.reason == "password"


async def test_a_certificate_nobody_vouches_for(mail_servers: MailServers) -> None:
    with pytest.raises(Unreachable) as no:
        await send(relay(mail_servers, smtp_security="starttls"), to("kim@customers.example"))
    assert no.value.reason == "certificate"


async def test_who_is_not_known_there_is_refused_for_good(mail_servers: MailServers) -> None:
    with pytest.raises(Rejected) as no:
        await send(relay(mail_servers), to("not an address@"))
    assert no.value.reason == "recipient"
