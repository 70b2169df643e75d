"""Files from strangers: small, of a kind that is taken, under a name that harms nobody, or not at all."""

import asyncio
from pathlib import Path

import pytest

from goodword.platform.db import Tx
from tests.desks import House

pytestmark = pytest.mark.anyio
GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
NAMES = (
    'quo"te.txt',
    "semi;colon.txt",
    "new\nline.txt",
    "return\r\nX-Evil: 1.txt",
    "../../up.txt",
    "..\\..\\up.txt",
    "/etc/passwd.txt",
    "nul\x00.txt",
    "\u202etxt.txt",
    "\ufdfa" * 300 + ".txt",
    "영수증.txt",
    ".txt",
    "con.txt.",
    "%2e%2e%2f.txt",
    "<svg onload=alert(1)>.txt",
)


def kept(desk: House) -> list[Path]:
    return [path for path in (desk.desk.services.settings.folder / "files").rglob("*") if path.is_file()]


async def rows(desk: House) -> int:
    async def count(tx: Tx) -> int:
        return int(await tx.value("SELECT count(*) FROM files"))

    return await desk.desk.services.database.read(count)


def body(name: str, content: bytes = b"hello") -> tuple[bytes, dict[str, str]]:
    """As a browser would never send it: the name as it is, nothing escaped."""
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="' + name.encode() + b'"\r\n'
    return head + b"Content-Type: text/plain\r\n\r\n" + content + b"\r\n--x--\r\n", {
        "Content-Type": "multipart/form-data; boundary=x"
    }


@pytest.mark.parametrize("name", NAMES)
async def test_a_name_does_no_harm_on_the_disk_in_a_header_or_in_a_link(desk: House, name):
    dana = await desk.visitor()
    answer = await dana.call("POST", "files", files={"file": (name, b"hello", "text/plain")})
    assert answer.status_code in (201, 400, 415), answer.text
    if answer.status_code != 201:
        assert kept(desk) == []
        return
    shown = answer.json()["name"]
    assert not set(shown) & set('/\\"<>|?*\r\n\x00\u202e')
    download = await desk.http.get(answer.json()["url"])
    assert download.content == b"hello"
    disposition = download.headers["content-disposition"]
    assert disposition.startswith("attachment;")
    assert not set(disposition) & set("\r\n")
    assert "x-evil" not in download.headers
    assert download.headers["content-type"] == "application/octet-stream"
    assert [path.parent.parent for path in kept(desk)] == [desk.desk.services.settings.folder / "files"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.gif", GIF + b"<script>alert(1)</script>"),
        ("page.txt", b"<!doctype html><script>alert(1)</script>"),
    ],
)
async def test_what_is_two_things_at_once_is_only_ever_the_harmless_one(desk: House, name, content):
    dana = await desk.visitor()
    answer = await dana.call("POST", "files", files={"file": (name, content)})
    assert answer.status_code == 201, answer.text
    shown = await desk.http.get(answer.json()["url"])
    assert shown.headers["content-type"].split(";")[0] in ("image/gif", "application/octet-stream")
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert shown.headers["content-security-policy"] == "sandbox; default-src 'none'"


async def test_a_paper_is_shown_where_only_our_own_pages_frame_it(desk: House):
    dana = await desk.visitor()
    answer = await dana.call("POST", "files", files={"file": ("invoice.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")})
    assert answer.status_code == 201, answer.text
    shown = await desk.http.get(answer.json()["url"])
    assert shown.headers["content-type"].split(";")[0] == "application/pdf"
    assert "frame-ancestors 'self'" in shown.headers["content-security-policy"]
    assert "script-src" not in shown.headers["content-security-policy"]
    assert shown.headers["x-frame-options"] == "SAMEORIGIN"


async def test_a_form_without_the_file_is_refused_for_visitors_and_agents_alike(desk: House):
    dana, li = await desk.visitor(), await desk.signed_in("li")
    wrong = {"other": ("a.txt", b"a", "text/plain")}
    for answer in (await dana.call("POST", "files", files=wrong), await li.post("/api/v1/files", files=wrong)):
        assert answer.status_code == 400
        assert answer.json()["reason"] == "file_missing"
    assert kept(desk) == []


async def test_a_file_that_is_too_large_is_refused_before_all_of_it_has_come(desk: House):
    dana = await desk.visitor()
    most = desk.desk.services.settings.file_bytes
    answer = await dana.call("POST", "files", files={"file": ("a.txt", b"a" * (most + 1))})
    assert answer.status_code == 413
    sent = 0

    async def endless():
        nonlocal sent
        yield body("a.txt")[0].split(b"hello")[0]
        while sent < 20 * most:
            sent += 1_000_000
            yield b"a" * 1_000_000

    headers = {**dana.headers, **body("a.txt")[1]}
    answer = await desk.http.post("/chat/v1/shop/files", content=endless(), headers=headers)
    assert answer.status_code == 413
    assert sent <= most + 3_000_000
    assert (kept(desk), await rows(desk)) == ([], 0)


async def test_an_upload_that_breaks_off_leaves_nothing(desk: House):
    dana = await desk.visitor()
    content, headers = body("a.txt", b"a" * 100_000)
    said: list[dict] = [
        {"type": "http.request", "body": content[:50_000], "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def says() -> dict:
        return said.pop(0) if said else {"type": "http.disconnect"}

    async def hears(_: object) -> None:
        return None

    names = {**dana.headers, **headers, "Host": "desk.test", "Content-Length": str(len(content))}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/chat/v1/shop/files",
        "raw_path": b"/chat/v1/shop/files",
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in names.items()],
        "client": ("127.0.0.1", 1),
        "server": ("desk.test", 80),
    }
    async with asyncio.timeout(5):
        await desk.app(scope, says, hears)
    assert (kept(desk), await rows(desk)) == ([], 0)


async def test_a_file_of_another_visitor_can_not_be_attached_nor_found(desk: House):
    dana, wei = await desk.visitor(), await desk.visitor("zh-Hans")
    file = (await dana.call("POST", "files", files={"file": ("order.txt", b"FO-204518")})).json()
    assert (await wei.says("Look", attachments=[file["id"]])).status_code == 404
    id, signature, name = file["url"].split("/")[2:]
    other = (await wei.call("POST", "files", files={"file": ("mine.txt", b"mine")})).json()
    for url in (
        f"/files/{other['id']}/{signature}/{name}",
        f"/files/{id}/{signature[:-1]}0/{name}",
        f"/files/{id}//{name}",
        f"/files/{id.upper()}/{signature}/{name}",
        f"/files/..%2fsecret.key/{signature}/{name}",
    ):
        assert (await desk.http.get(url)).status_code == 404, url


async def test_uploads_of_one_visitor_are_counted_and_those_of_others_are_not(desk: House):
    dana, wei = await desk.visitor(), await desk.visitor("zh-Hans")
    answers = [await dana.call("POST", "files", files={"file": ("a.txt", b"a")}) for _ in range(21)]
    assert [answer.status_code for answer in answers] == [201] * 20 + [429]
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert (await wei.call("POST", "files", files={"file": ("a.txt", b"a")})).status_code == 201
