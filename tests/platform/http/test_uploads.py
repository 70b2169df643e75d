import hashlib
from typing import Annotated, Any, cast

import httpx
import pytest
from litestar import Litestar, Request, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body

from goodword.platform.errors import GoodwordError
from goodword.platform.files import FileStore, find
from goodword.platform.http import presented, problem_response, uploaded

pytestmark = pytest.mark.anyio
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(13)


@pytest.fixture
async def door(database, tmp_path):
    files = FileStore(tmp_path / "files", b"k" * 32, limit=600_000)

    @post("/files")
    async def upload(
        data: Annotated[UploadFile, Body(media_type=RequestEncodingType.MULTI_PART)], request: Request
    ) -> dict[str, object]:
        return presented(await uploaded(data, "usr_dana", 1_790_676_000_000, files, database), files)

    app = Litestar([upload], exception_handlers={GoodwordError: problem_response})
    # Not the framework's own client, which has an event loop of its own.
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(cast(Any, app)), base_url="http://desk.example"
    ) as client:
        yield client


async def test_an_upload_is_kept_and_presented(door, database, tmp_path):
    content = PNG + bytes(500_000)
    answer = await door.post("/files", files={"data": ("Mein Kessel.png", content, "text/html")})
    assert answer.status_code == 201
    shown = answer.json()
    assert (shown["name"], shown["content_type"], shown["size"]) == ("Mein Kessel.png", "image/png", len(content))
    assert shown["url"].startswith(f"/files/{shown['id']}/")
    assert (await database.read(find, shown["id"])).digest == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("kettle.png", PNG + bytes(600_000), 413),
        ("kettle.png", b"", 400),
        ("kettle.exe", PNG, 415),
        ("kettle.png", b"<script>", 415),
        ("../../kettle.svg", b"<svg/>", 415),
    ],
)
async def test_what_is_refused_is_a_problem_and_leaves_nothing(door, database, tmp_path, name, content, status):
    answer = await door.post("/files", files={"data": (name, content)})
    assert answer.status_code == status
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []

    async def count(tx):
        return await tx.value("SELECT count(*) FROM files")

    assert await database.read(count) == 0
