"""Calls to a server of the test's own that says whatever it is told to, byte for byte."""

import asyncio
import gzip
from contextlib import asynccontextmanager

import pytest

from goodword.platform.errors import Rejected, Unreachable
from goodword.platform.http import open_client
from goodword.platform.http.outwards import is_public, system_resolve

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def saying(*answers):
    """Yields the address and the requests it got."""
    left, requests = list(answers), []

    async def serve(reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        length = [
            int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
        ]
        requests.append((head.decode(), await reader.readexactly(length[0] if length else 0)))
        writer.write(left.pop(0))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook", requests
    finally:
        server.close()


def answer(status, body=b"", *headers):
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@pytest.fixture
async def outgoing():
    client = open_client(inwards=True)
    yield client
    await client.close()


async def refused(outgoing, url, kind):
    with pytest.raises(kind) as caught:
        await outgoing.post(url, b"{}", {})
    return caught.value


async def test_an_answer_comes_back_read(outgoing):
    body = '{"id": "水壶"}'.encode()
    async with saying(answer(200, body), answer(201, gzip.compress(body), "Content-Encoding: gzip")) as (url, requests):
        for status in (200, 201):
            response = await outgoing.post(url, b"news", {"X-Signature": "abc"})
            assert (response.status_code, response.json()) == (status, {"id": "水壶"})
    head, sent = requests[0]
    assert head.startswith("POST /hook HTTP/1.1")
    assert "X-Signature: abc" in head
    assert sent == b"news"


@pytest.mark.parametrize("status", [301, 307, 400, 401, 404, 410, 422])
async def test_a_no_for_good_is_rejected(outgoing, status):
    async with saying(answer(status, b"", "Location: http://127.0.0.1:9/inside")) as (url, requests):
        error = await refused(outgoing, url, Rejected)
    assert (error.reason, error.retry, len(requests)) == (f"status_{status}", False, 1)


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503])
async def test_a_no_for_now_is_unreachable(outgoing, status):
    async with saying(answer(status)) as (url, _):
        error = await refused(outgoing, url, Unreachable)
    assert (error.reason, error.retry, error.retry_after) == (f"status_{status}", True, None)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        (["Retry-After: 120"], 120),
        (["Retry-After: 0"], 0),
        (["Retry-After: " + "9" * 400], 86_400),
        (["Retry-After: soon"], None),
        (["Retry-After: -5"], None),
        (["Retry-After: ٣"], None),
        (["Date: Tue, 29 Sep 2026 07:00:00 GMT", "Retry-After: Tue, 29 Sep 2026 07:05:00 GMT"], 300),
        (["Date: Tue, 29 Sep 2026 07:00:00 GMT", "Retry-After: Mon, 28 Sep 2026 07:00:00 GMT"], 0),
        (["Date: Tue, 29 Sep 2026 07:00:00 GMT", "Retry-After: Wed, 29 Sep 2027 07:00:00 GMT"], 86_400),
        (["Retry-After: Tue, 29 Sep 2026 07:05:00 GMT"], None),
    ],
)
async def test_when_to_come_back_is_understood_within_reason(outgoing, headers, seconds):
    async with saying(answer(429, b"", *headers)) as (url, _):
        assert (await refused(outgoing, url, Unreachable)).retry_after == seconds


@pytest.mark.parametrize(
    "spoken",
    [b"", b"HTTP/1.1 200", b"SMTP ready\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort"],
)
async def test_who_speaks_nonsense_or_hangs_up_is_unreachable(outgoing, spoken):
    async with saying(spoken) as (url, _):
        await refused(outgoing, url, Unreachable)


async def test_who_says_too_much_is_cut_off(outgoing):
    bomb = gzip.compress(bytes(50_000_000))
    async with saying(answer(200, b"x" * 1_000_001), answer(200, bomb, "Content-Encoding: gzip")) as (url, _):
        for _ in range(2):
            assert (await refused(outgoing, url, Unreachable)).reason == "answer_too_large"


async def test_nobody_there_is_unreachable(outgoing):
    await refused(outgoing, "http://127.0.0.1:9/hook", Unreachable)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "desk.example",
        "ftp://desk.example/",
        "file:///etc/passwd",
        "http://",
        "http:///path",
        "http://desk.example:port/",
        "http://desk.example:0/",
        "http://desk.example:99999/",
        "http://[::1/",
    ],
)
async def test_what_is_no_address_is_rejected(outgoing, url):
    guarded = open_client(inwards=False)
    for client in (outgoing, guarded):
        assert (await refused(client, url, Rejected)).reason == "address"
    await guarded.close()


# 2130706433, 0x7f.1 and 127.1 are other spellings of 127.0.0.1.
INWARDS = [
    "127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "0.0.0.0", "10.0.0.8", "172.16.4.1", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "[::1]", "[::]", "[fe80::1]", "[fc00::1]",
    "[fec0::1]", "[ff02::1]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.8]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
]  # fmt: skip


@pytest.mark.parametrize("host", INWARDS)
async def test_no_address_leads_inwards(host):
    async with saying(answer(200)) as (url, requests):
        port = url.split(":")[2]
        client = open_client(inwards=False)
        assert (await refused(client, f"http://{host}:{port}", Rejected)).reason == "inwards"
        await client.close()
    assert requests == []


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_the_world_is_open(address):
    assert is_public(address)


class Names:
    """A name server that answers something else each time."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), 0

    async def resolve(self, host, port):
        self.asked += 1
        return self.answers.pop(0)


@pytest.mark.parametrize("addresses", [["10.0.0.8"], ["93.184.216.34", "10.0.0.8"], ["2606:4700::1111", "::1"], []])
async def test_no_name_leads_inwards(addresses):
    client = open_client(inwards=False, resolve=Names(addresses).resolve)
    assert (await refused(client, "https://hooks.example/", Rejected)).reason == "inwards"
    await client.close()


async def test_a_name_is_looked_up_once_so_that_it_can_not_move_inwards_in_between():
    """The first answer is a public address that nobody has; who asked again would get to the server inside."""
    async with saying(answer(200)) as (url, requests):
        names = Names(["192.0.2.1"], ["127.0.0.1"])
        client = open_client(inwards=False, resolve=names.resolve)
        await refused(client, url.replace("127.0.0.1", "rebound.example"), (Unreachable, Rejected))
        await client.close()
    assert (names.asked, requests) == (1, [])


async def test_a_name_that_is_unknown_is_unreachable():
    async def unknown(host, port):
        raise OSError("no such name")

    client = open_client(inwards=False, resolve=unknown)
    await refused(client, "https://hooks.example/", Unreachable)
    await client.close()
    assert "127.0.0.1" in await system_resolve("127.0.0.1", 80)
