"""From an address to its servers."""

import struct

import httpx
import pytest

from goodword.channels.adapters.email.setup import find
from goodword.channels.adapters.email.setup.names import MX, SRV, Named, _question, _read
from goodword.channels.adapters.email.setup.providers import Server, by_mx, providers
from goodword.platform.errors import BadInput
from goodword.platform.http import Outgoing
from goodword.platform.i18n import LANGUAGES, has_text, text

pytestmark = pytest.mark.anyio

AUTOCONFIG = """<?xml version="1.0"?><!-- written by hand -->
<clientConfig version="1.1"><emailProvider id="fennel-oak.example">
  <displayName>Fennel &amp; Oak</displayName>
  <incomingServer type="pop3"><hostname>pop.x</hostname><port>995</port><socketType>SSL</socketType></incomingServer>
  <incomingServer type="imap"><hostname>no.x</hostname><port>143</port><socketType>plain</socketType></incomingServer>
  <incomingServer type="imap"><hostname>in.x</hostname><port>993</port><socketType>SSL</socketType></incomingServer>
  <outgoingServer type="smtp"><hostname>out.x</hostname><port>587</port><socketType>STARTTLS</socketType>
  </outgoingServer>
</emailProvider></clientConfig>"""


class World:
    """What the domain's own pages and name servers say."""

    def __init__(self, page: str | None = None, names: dict[tuple[str, int], list[Named]] | None = None) -> None:
        self.page = page
        self.names = names or {}
        self.asked: list[str] = []
        self.outgoing = Outgoing(httpx.AsyncClient(transport=httpx.MockTransport(self._answer)))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        return httpx.Response(404) if self.page is None else httpx.Response(200, text=self.page)

    async def ask(self, domain: str, kind: int) -> list[Named]:
        return self.names.get((domain, kind), [])


async def found(address: str, world: World):
    return await find(address, world.outgoing, world.ask)


async def test_a_well_known_provider_is_known_by_its_domain_and_nobody_is_asked() -> None:
    world = World(AUTOCONFIG)
    gmail = await found(" Fennel.Oak@Gmail.com ", world)
    assert (gmail.provider, gmail.imap, gmail.oauth) == ("Gmail", Server("imap.gmail.com", 993), "google")
    assert world.asked == []


async def test_a_company_is_known_by_who_takes_its_mail() -> None:
    world = World(names={("fennel-oak.example", MX): [Named(1, "aspmx.l.google.com")]})
    assert (await found("care@fennel-oak.example", world)).provider == "Google Workspace"
    world = World(names={("fennel-oak.example", MX): [Named(0, "fennel-oak-example.mail.protection.outlook.com")]})
    there = await found("care@fennel-oak.example", world)
    assert (there.provider, there.smtp, there.oauth) == (
        "Microsoft 365",
        Server("smtp.office365.com", 587, "starttls"),
        "microsoft",
    )


async def test_what_the_domain_says_of_itself_is_believed_as_far_as_it_is_encrypted() -> None:
    world = World(AUTOCONFIG)
    there = await found("care@fennel-oak.example", world)
    assert (there.provider, there.imap, there.smtp) == (
        "Fennel & Oak",
        Server("in.x", 993),
        Server("out.x", 587, "starttls"),
    )
    assert not there.guess
    assert world.asked[0].startswith("https://autoconfig.fennel-oak.example/mail/config-v1.1.xml?emailaddress=care%40")


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><clientConfig>&c;</clientConfig>'


@pytest.mark.parametrize(
    "page", ["", "<html>Welcome!</html>", "<a/>", BOMB, "<clientConfig><emailProvider/></clientConfig>"]
)
async def test_a_page_that_says_something_else_is_passed_over(page: str) -> None:
    assert (await found("care@fennel-oak.example", World(page))).guess


async def test_service_records_are_the_next_best() -> None:
    names = {
        ("_imaps._tcp.fennel-oak.example", SRV): [Named(0, "in.fennel-oak.example", 993)],
        ("_submissions._tcp.fennel-oak.example", SRV): [Named(0, "")],
        ("_submission._tcp.fennel-oak.example", SRV): [Named(0, "out.fennel-oak.example", 587)],
    }
    there = await found("care@fennel-oak.example", World(names=names))
    assert (there.imap, there.smtp) == (
        Server("in.fennel-oak.example", 993),
        Server("out.fennel-oak.example", 587, "starttls"),
    )


async def test_else_it_is_a_guess_and_says_so() -> None:
    there = await found("care@fennel-oak.example", World())
    assert (there.provider, there.imap, there.guess) == ("", Server("imap.fennel-oak.example", 993), True)


@pytest.mark.parametrize("address", ["", "care", "care@", "@fennel-oak.example", "care@localhost"])
async def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(BadInput):
        await found(address, World())


def test_the_book_of_providers_contradicts_itself_nowhere() -> None:
    book = providers()
    domains = [domain for one in book for domain in one.domains]
    assert len(book) >= 40
    assert len(domains) == len(set(domains))
    assert all(domain == domain.lower() for domain in domains)
    for one in book:
        assert one.domains or one.mx
        for server in (one.imap, one.smtp):
            assert server.security != "none"
            assert (server.security == "tls") == (server.port in (993, 465))
        assert not one.note or has_text(f"mail.note.{one.note}")
    assert len({text(language, "mail.note.app_password") for language in LANGUAGES}) == len(LANGUAGES)


def test_a_server_of_another_domain_that_ends_alike_is_not_taken_for_the_providers() -> None:
    assert by_mx("mx.notgoogle.com") is None
    assert by_mx("alt1.aspmx.l.google.com") is not None


def test_the_answer_of_a_name_server_is_read() -> None:
    question = _question("fennel-oak.example", MX)
    assert question
    alias = struct.pack("!H", 0xC000 | 12)
    records = [
        alias + struct.pack("!HHIHH", MX, 1, 60, 2 + 6, 20) + b"\x03two" + alias,
        alias + struct.pack("!HHIH", 5, 1, 60, 2) + alias,
        alias + struct.pack("!HHIHH", MX, 1, 60, 2 + 6, 10) + b"\x03one" + alias,
    ]
    answer = question[:6] + struct.pack("!HHH", len(records), 0, 0) + question[12:] + b"".join(records)
    assert sorted(_read(answer, question, MX)) == [
        Named(10, "one.fennel-oak.example"),
        Named(20, "two.fennel-oak.example"),
    ]


def test_an_answer_that_runs_in_circles_ends() -> None:
    question = _question("a.example", SRV)
    assert question
    loop = struct.pack("!H", 0xC000 | len(question))
    answer = question[:6] + struct.pack("!HHH", 1, 0, 0) + question[12:] + loop
    with pytest.raises((ValueError, IndexError, struct.error)):
        list(_read(answer, question, SRV))
