"""The bytes as they came, on disk under their SHA-256.

Under its name a file is whole: it is written beside, synced, and only then renamed. Whatever breaks off in between
leaves a draft that nobody looks for.
"""

import asyncio
import hashlib
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final

from goodword.platform.errors import Broken, NotFound, Unavailable

DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class RawStore:
    """Keeps bytes under ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, raw: bytes) -> str:
        """Once this returns the digest, the bytes survive whatever happens to the machine but the loss of its disk.

        ``Unavailable``: the disk is full or away, and nothing of it was kept.
        """
        return await asyncio.to_thread(self._put, raw)

    async def get(self, digest: str) -> bytes:
        """``NotFound``: they aren't there. ``Broken``: they are not what they were. ``Unavailable``: no disk."""
        raw = await asyncio.to_thread(self._read, digest, -1)
        if hashlib.sha256(raw).hexdigest() != digest:
            raise Broken("raw_damaged")
        return raw

    async def head(self, digest: str, size: int) -> bytes:
        """The first bytes of it. Raises what ``get`` raises."""
        return await asyncio.to_thread(self._read, digest, size)

    async def drop(self, digest: str) -> None:
        """The bytes are gone, if they were there. ``Unavailable``: the disk is away."""
        try:
            await asyncio.to_thread(self.path(digest).unlink, missing_ok=True)
        except OSError as error:
            raise Unavailable("disk", retry_after=30, detail=str(error)) from error

    def path(self, digest: str) -> Path:
        """Where they are. ``NotFound``: that is no digest."""
        if not DIGEST.fullmatch(digest):
            raise NotFound("arrival")
        return self._folder / digest[:2] / digest

    def _put(self, raw: bytes) -> str:
        digest = hashlib.sha256(raw).hexdigest()
        path = self.path(digest)
        draft = path.with_name(f"{digest}.{secrets.token_hex(6)}.draft")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                _write(draft, raw)
                draft.replace(path)
            # Also where it was there already: who wrote it may have died before the folder knew for good.
            for folder in (path.parent, self._folder, self._folder.parent):
                _sync_folder(folder)
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            raise Unavailable("disk", retry_after=30, detail=str(error)) from error
        return digest

    def _read(self, digest: str, size: int) -> bytes:
        try:
            with open(self.path(digest), "rb") as file:
                return file.read(size)
        except FileNotFoundError as error:
            raise NotFound("arrival") from error
        except OSError as error:
            raise Unavailable("disk", retry_after=30, detail=str(error)) from error


def _write(path: Path, raw: bytes) -> None:
    with open(path, "xb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
