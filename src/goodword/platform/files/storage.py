"""The bytes on disk, and the signed links by which a browser may have them."""

import asyncio
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import quote

from goodword.platform import ids
from goodword.platform.errors import BadInput, NotFound, TooLarge, Unavailable
from goodword.platform.files.model import StoredFile, content_type, likely_type, safe_name

HEAD: Final = 4_096
ID: Final = re.compile(r"fil_[0-9a-z]{26}")


class FileStore:
    """Keeps files under ``folder``; ``limit`` in bytes."""

    def __init__(self, folder: Path, key: bytes, limit: int) -> None:
        self._folder = folder
        self._key = key
        self.limit = limit

    async def keep(self, name: str, chunks: AsyncIterator[bytes], owner: str, at: int) -> StoredFile:
        """Write and sync the bytes; ``record`` the result in your transaction.

        ``TooLarge``, ``WrongType``, ``BadInput`` (empty): nothing is kept. ``Unavailable``: the disk is full or away.
        """
        id, name = ids.new("fil", at), safe_name(name)
        path = self.path(id)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            size, digest, head = await self._write(path, chunks)
            kind = content_type(name, head)
        except OSError as error:
            _drop(path)
            raise Unavailable("disk", retry_after=30, detail=str(error)) from error
        except BaseException:
            _drop(path)
            raise
        return StoredFile(id, name, kind, size, digest, owner, at)

    async def keep_derived(self, id: str, name: str, claimed: str, content: bytes, owner: str, at: int) -> StoredFile:
        """As ``keep``, for bytes that we took from something we keep: any type, any size, and the same ``id`` again.

        ``claimed`` is what their sender says of them. Unless they are of a type that is taken anywhere, they are
        ``application/octet-stream``, and so only ever downloaded. ``Unavailable``: the disk is full or away.
        """
        name = safe_name(name)
        try:
            await asyncio.to_thread(_write_whole, self.path(id), content)
        except OSError as error:
            raise Unavailable("disk", retry_after=30, detail=str(error)) from error
        digest, kind = hashlib.sha256(content).hexdigest(), likely_type(name, claimed, content[:HEAD])
        return StoredFile(id, name, kind, len(content), digest, owner, at)

    def path(self, id: str) -> Path:
        """Where the bytes are. ``NotFound``: that is no id of a file."""
        if not ID.fullmatch(id):
            raise NotFound("file")
        return self._folder / id[-2:] / id

    async def drop(self, id: str) -> None:
        """Its bytes are gone, if they were there. ``Unavailable``: the disk is away."""
        try:
            await asyncio.to_thread(self.path(id).unlink, missing_ok=True)
        except OSError as error:
            raise Unavailable("disk", retry_after=30, detail=str(error)) from error

    def url(self, file: StoredFile) -> str:
        """A link that can't be guessed; it works for whoever has it."""
        return f"/files/{file.id}/{self._signature(file.id)}/{quote(file.name)}"

    def check(self, id: str, signature: str) -> None:
        """``NotFound`` unless the link is one of ours."""
        if not ID.fullmatch(id) or not hmac.compare_digest(
            self._signature(id).encode(), signature.encode("utf-8", "replace")
        ):
            raise NotFound("file")

    def _signature(self, id: str) -> str:
        return hmac.new(self._key, f"file:{id}".encode(), hashlib.sha256).hexdigest()[:40]

    async def _write(self, path: Path, chunks: AsyncIterator[bytes]) -> tuple[int, str, bytes]:
        size, digest, head = 0, hashlib.sha256(), b""
        file = await asyncio.to_thread(open, path, "xb")
        try:
            async for chunk in chunks:
                size += len(chunk)
                if size > self.limit:
                    raise TooLarge("file", limit=self.limit)
                digest.update(chunk)
                head = head if len(head) >= HEAD else (head + chunk)[:HEAD]
                await asyncio.to_thread(file.write, chunk)
            if not size:
                raise BadInput("file_empty")
            await asyncio.to_thread(_sync, file, path.parent)
        finally:
            # What could not be written at first can't be written now either; the first failure is the one to tell of.
            with suppress(OSError):
                file.close()
        return size, digest.hexdigest(), head


def _write_whole(path: Path, content: bytes) -> None:
    """Under its name a file is whole; one that is there already, of this size, is left."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.stat().st_size != len(content):
        draft = path.with_name(f"{path.name}.{secrets.token_hex(6)}.draft")
        try:
            with open(draft, "xb") as file:
                file.write(content)
                _sync(file, path.parent)
            draft.replace(path)
        finally:
            _drop(draft)
    # Also where it was there already: who wrote it may have died before the folder knew for good.
    _sync_folder(path.parent)


def _sync(file: BinaryIO, folder: Path) -> None:
    """The bytes, and the name by which they are found."""
    file.flush()
    os.fsync(file.fileno())
    for place in (folder, folder.parent):
        _sync_folder(place)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _drop(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
