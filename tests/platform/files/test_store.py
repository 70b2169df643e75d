import asyncio
import hashlib
import resource
import stat

import pytest

from goodword.platform.errors import BadInput, NotFound, TooLarge, Unavailable, WrongType
from goodword.platform.files import FileStore, find, find_many, record
from goodword.platform.ids import derived

pytestmark = pytest.mark.anyio
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(13)
NOON = 1_790_676_000_000


@pytest.fixture
def files(tmp_path):
    return FileStore(tmp_path / "files", b"k" * 32, limit=1_000)


async def pieces(*chunks):
    for chunk in chunks:
        yield chunk


def left_on_disk(tmp_path):
    return [path for path in tmp_path.rglob("*") if path.is_file()]


async def test_a_file_is_kept_whole_and_described(files, tmp_path):
    kept = await files.keep("../Mein Kessel.PNG", pieces(PNG, b"more"), "usr_dana", NOON)
    assert (kept.name, kept.content_type, kept.size) == ("Mein Kessel.PNG", "image/png", len(PNG) + 4)
    assert (kept.owner, kept.created_at) == ("usr_dana", NOON)
    assert kept.digest == hashlib.sha256(PNG + b"more").hexdigest()
    assert left_on_disk(tmp_path) == [files.path(kept.id)]
    assert files.path(kept.id).read_bytes() == PNG + b"more"
    assert not files.path(kept.id).stat().st_mode & stat.S_IXUSR


async def test_a_file_that_comes_in_crumbs_is_known_by_its_first_bytes_all_the_same(files):
    crumbs = (PNG[n : n + 1] for n in range(len(PNG)))
    assert (await files.keep("kettle.png", pieces(*crumbs), "usr_dana", NOON)).content_type == "image/png"
    with pytest.raises(WrongType):
        await files.keep("notes.txt", pieces(b"M", b"Z\x00"), "usr_dana", NOON)


@pytest.mark.parametrize(
    ("name", "chunks", "error"),
    [
        ("kettle.png", [PNG, bytes(900), bytes(100)], TooLarge),
        ("kettle.png", [], BadInput),
        ("kettle.png", [b""], BadInput),
        ("kettle.exe", [PNG], WrongType),
        ("kettle.png", [b"MZ\x90"], WrongType),
    ],
)
async def test_of_what_is_refused_nothing_stays(files, tmp_path, name, chunks, error):
    with pytest.raises(error):
        await files.keep(name, pieces(*chunks), "usr_dana", NOON)
    assert left_on_disk(tmp_path) == []


async def test_the_largest_file_there_may_be_is_taken(files):
    assert (await files.keep("notes.txt", pieces(b"x" * 1_000), "usr_dana", NOON)).size == 1_000


async def test_of_an_upload_that_breaks_off_nothing_stays(files, tmp_path):
    hanging = asyncio.Event()

    async def breaks_off():
        yield PNG
        hanging.set()
        await asyncio.Event().wait()

    upload = asyncio.create_task(files.keep("kettle.png", breaks_off(), "usr_dana", NOON))
    await hanging.wait()
    upload.cancel()
    with pytest.raises(asyncio.CancelledError):
        await upload
    assert left_on_disk(tmp_path) == []


@pytest.mark.fault
async def test_a_disk_without_room_is_unavailable_and_nothing_stays(tmp_path):
    files = FileStore(tmp_path / "files", b"k" * 32, limit=10_000_000)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(Unavailable) as caught:
            await files.keep("notes.txt", pieces(b"x" * 60_000, b"x" * 60_000), "usr_dana", NOON)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.reason == "disk"
    assert left_on_disk(tmp_path) == []
    await files.keep("notes.txt", pieces(b"x" * 120_000), "usr_dana", NOON)


async def test_a_folder_that_is_none_is_unavailable(tmp_path):
    (tmp_path / "files").write_text("in the way")
    with pytest.raises(Unavailable):
        await FileStore(tmp_path / "files", b"k" * 32, 1_000).keep("a.txt", pieces(b"x"), "usr_dana", NOON)


async def test_a_link_works_for_its_own_file_only(files):
    one, other = [await files.keep("水壶.png", pieces(PNG), "usr_dana", NOON) for _ in range(2)]
    _, prefix, id, signature, name = files.url(one).split("/")
    assert (prefix, id, name) == ("files", one.id, "%E6%B0%B4%E5%A3%B6.png")
    files.check(one.id, signature)
    elsewhere = FileStore(files.path(one.id).parent, b"l" * 32, 1_000)
    for store, id, wrong in (
        (files, other.id, signature),
        (files, one.id, ""),
        (files, one.id, signature[:-1]),
        (files, one.id, "é" * 40),
        (files, one.id, "\ud800"),
        (elsewhere, one.id, signature),
    ):
        with pytest.raises(NotFound):
            store.check(id, wrong)


@pytest.mark.parametrize(
    "id",
    [
        "",
        "..",
        "../../etc/passwd",
        "fil_",
        "fil_" + "a" * 25 + "/",
        "fil_" + "A" * 26,
        "fil_" + "a" * 26 + "\n",
        "\ud800",
    ],
)
async def test_no_id_leads_out_of_the_folder(files, id):
    for look in (files.path, lambda id: files.check(id, "x")):
        with pytest.raises(NotFound):
            look(id)


async def test_what_is_recorded_is_found_by_its_owner_only(files, database):
    kept = [await files.keep("notes.txt", pieces(b"x"), owner, NOON) for owner in ("usr_dana", "usr_dana", "usr_gus")]
    for file in kept:
        assert await database.write(record, file) == file
        await database.write(record, file)
    first, second, others = kept
    assert await database.read(find, first.id) == first
    assert await database.read(find_many, [second.id, first.id], "usr_dana") == [second, first]
    for ids in ([first.id, others.id], ["fil_unknown"]):
        with pytest.raises(NotFound):
            await database.read(find_many, ids, "usr_dana")


DERIVED = derived("fil", "arr_1", "0")


async def test_what_is_taken_from_something_we_keep_is_the_same_file_however_often(files, tmp_path):
    first = await files.keep_derived(DERIVED, "../lid.png", "image/png", PNG, "arr_1", NOON)
    again = await files.keep_derived(DERIVED, "../lid.png", "image/png", PNG, "arr_1", NOON)
    assert first == again
    assert (first.id, first.name, first.content_type, first.size) == (DERIVED, "lid.png", "image/png", len(PNG))
    assert left_on_disk(tmp_path) == [files.path(DERIVED)]
    assert files.path(DERIVED).read_bytes() == PNG


async def test_a_half_of_it_that_a_dead_process_left_is_made_whole(files, tmp_path):
    files.path(DERIVED).parent.mkdir(parents=True)
    files.path(DERIVED).write_bytes(PNG[:5])
    await files.keep_derived(DERIVED, "lid.png", "image/png", PNG, "arr_1", NOON)
    assert files.path(DERIVED).read_bytes() == PNG


@pytest.mark.parametrize(
    ("name", "claimed", "content", "kept_as"),
    [
        ("lid", "image/png", PNG, "image/png"),
        ("lid.png", "text/html", PNG, "image/png"),
        ("lid.png", "image/png", b"<script>", "application/octet-stream"),
        ("page.html", "text/html", b"<script>", "application/octet-stream"),
        ("drawing.svg", "image/svg+xml", b"<svg/>", "application/octet-stream"),
        ("page", "text/plain", b"<script>", "application/octet-stream"),
        ("run.exe", "image/png", b"MZ", "application/octet-stream"),
        ("nothing", "", b"", "application/octet-stream"),
        ("notes.txt", "text/plain", b"Hello", "text/plain"),
    ],
)
async def test_of_any_type_and_never_shown_as_what_it_is_not(files, name, claimed, content, kept_as):
    kept = await files.keep_derived(DERIVED, name, claimed, content, "arr_1", NOON)
    assert (kept.content_type, kept.size) == (kept_as, len(content))
