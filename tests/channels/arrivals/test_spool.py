"""The bytes as they came are on the disk, whole, before anybody is told so."""

import hashlib
import os

import pytest

from goodword.channels.arrivals import RawStore
from goodword.platform.errors import Broken, NotFound, Unavailable

pytestmark = pytest.mark.anyio
LETTER = b"From: dana@customers.example\r\n\r\nThe lid is cracked.\x00\xff"


def left(folder) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


async def test_what_was_put_is_there_byte_for_byte_under_its_digest(tmp_path):
    raws = RawStore(tmp_path / "raw")
    digest = await raws.put(LETTER)
    assert digest == hashlib.sha256(LETTER).hexdigest()
    assert await raws.get(digest) == LETTER
    assert await raws.head(digest, 5) == LETTER[:5]
    assert left(tmp_path) == [digest]


async def test_the_same_bytes_are_kept_once(tmp_path):
    raws = RawStore(tmp_path / "raw")
    assert await raws.put(LETTER) == await raws.put(LETTER)
    assert len(left(tmp_path)) == 1


@pytest.mark.parametrize("fails_at", [1, 2, 3, 4])
async def test_a_disk_that_fills_up_at_any_point_is_unavailable_and_nothing_half_is_there(
    tmp_path, monkeypatch, fails_at
):
    raws, synced, sync = RawStore(tmp_path / "raw"), [], os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(descriptor)
        if len(synced) == fails_at:
            raise OSError(28, "No space left on device")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(Unavailable) as caught:
        await raws.put(LETTER)
    assert caught.value.reason == "disk"
    for name in left(tmp_path):
        assert await raws.get(name) == LETTER
    assert await raws.get(await raws.put(LETTER)) == LETTER


async def test_a_draft_that_a_dead_process_left_is_in_nobodys_way(tmp_path):
    raws = RawStore(tmp_path / "raw")
    digest = hashlib.sha256(LETTER).hexdigest()
    folder = tmp_path / "raw" / digest[:2]
    folder.mkdir(parents=True)
    (folder / f"{digest}.0123456789ab.draft").write_bytes(LETTER[:7])
    with pytest.raises(NotFound):
        await raws.get(digest)
    assert await raws.get(await raws.put(LETTER)) == LETTER


async def test_bytes_that_are_not_what_they_were_are_not_passed_off_as_them(tmp_path):
    raws = RawStore(tmp_path / "raw")
    digest = await raws.put(LETTER)
    raws.path(digest).write_bytes(b"something else")
    with pytest.raises(Broken):
        await raws.get(digest)


@pytest.mark.parametrize("digest", ["", "../../secret.key", "0" * 63, "G" * 64, "0" * 64 + "\n"])
async def test_only_a_digest_leads_to_a_file(tmp_path, digest):
    with pytest.raises(NotFound):
        await RawStore(tmp_path / "raw").get(digest)
