"""Keeps a built model in a folder that several processes may share.

A file's name ends in the digest of its content, so a damaged or half-written one gives itself away.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)


def kept(folder: Path, stem: str, build: Callable[[], bytes]) -> bytes:
    """The content kept under ``stem``, or that of ``build()``, kept from now on.

    A folder that cannot be written costs the next start some time and this one nothing.
    """
    with suppress(OSError):
        for path in sorted(folder.glob(f"{stem}-*.onnx")):
            content = path.read_bytes()
            if path == place(folder, stem, content):
                return content
            log.warning("embedding.damaged_cache", file=path.name)
            path.unlink(missing_ok=True)
    content = build()
    try:
        write(place(folder, stem, content), content)
    except OSError as error:
        log.warning("embedding.cache_not_written", folder=str(folder), error=str(error))
    return content


def place(folder: Path, stem: str, content: bytes) -> Path:
    return folder / f"{stem}-{hashlib.sha256(content).hexdigest()[:16]}.onnx"


def write(path: Path, content: bytes) -> None:
    """All of it or nothing, also when two processes write at the same time or the power fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(unfinished, 0o644)
        os.replace(unfinished, path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
