"""What is known of a stored file, and which files are taken."""

import re
import unicodedata

import msgspec
import puremagic

from goodword.platform.errors import WrongType

# Shown in the browser; everything else is only ever downloaded.
SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"})
PLAYED = frozenset({"audio/mpeg", "audio/ogg", "audio/wav", "video/mp4", "video/webm"})
PDF = "application/pdf"
UNKNOWN = "application/octet-stream"
TAKEN = (
    SHOWN
    | PLAYED
    | {
        PDF,
        "text/plain",
        "text/csv",
        "application/zip",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    }
)
FORBIDDEN_SUFFIXES = frozenset(
    {
        ".exe",
        ".dll",
        ".js",
        ".html",
        ".htm",
        ".svg",
        ".bat",
        ".cmd",
        ".ps1",
        ".sh",
        ".jar",
        ".scr",
        ".msi",
        ".vbs",
    }
)
BY_SUFFIX = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
    ".avif": "image/avif", ".pdf": "application/pdf", ".txt": "text/plain", ".log": "text/plain", ".md": "text/plain",
    ".csv": "text/csv", ".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".wav": "audio/wav", ".mp4": "video/mp4",
    ".webm": "video/webm", ".zip": "application/zip", ".doc": "application/msword", ".xls": "application/vnd.ms-excel",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}  # fmt: skip


class StoredFile(msgspec.Struct, frozen=True):
    """``size`` in bytes; ``digest`` is the SHA-256 in hex; ``owner`` is who uploaded it, an id."""

    id: str
    name: str
    content_type: str
    size: int
    digest: str
    owner: str
    created_at: int


def safe_name(name: str) -> str:
    """A file name that is safe in a header and on any disk, with its last suffix kept."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(
        c if c.isprintable() and c not in '<>:"|?*\u202e\u202d' and not "\ud800" <= c <= "\udfff" else "_" for c in name
    )
    name = re.sub(r"\s+", " ", name).strip(" .")
    return shortened(name, 100, 110)


def shortened(name: str, stem: int, whole: int) -> str:
    """At most ``stem`` characters before the last suffix, ``whole`` where there is none; never empty."""
    begun, dot, suffix = name.rpartition(".")
    if dot and len(suffix) <= 10:
        return f"{begun[:stem] or 'file'}.{suffix}"
    return name[:whole] or "file"


def content_type(name: str, head: bytes) -> str:
    """The type that both the name and the first bytes agree on. ``WrongType``: not taken, or one belies the other."""
    suffix = f".{name.rpartition('.')[2].lower()}"
    claimed = BY_SUFFIX.get(suffix)
    if claimed is None or claimed not in TAKEN:
        raise WrongType("file", name=name)
    if claimed.startswith("text/"):
        if b"\x00" in head:
            raise WrongType("file", name=name)
        return claimed
    if not _agrees(claimed, head):
        raise WrongType("file_content", name=name)
    return claimed


def likely_type(name: str, claimed: str, head: bytes) -> str:
    """As ``content_type``, and where the name says nothing what its sender ``claimed``; nothing is refused."""
    try:
        return content_type(name, head)
    except WrongType:
        known = claimed in TAKEN and not claimed.startswith("text/")
        return claimed if known and _agrees(claimed, head) else UNKNOWN


def _agrees(claimed: str, head: bytes) -> bool:
    try:
        found = {match.mime_type for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return False
    family = claimed.split("/")[0]
    if family in ("audio", "video"):
        return any(mime.split("/")[0] in ("audio", "video") or mime == "application/ogg" for mime in found)
    if "officedocument" in claimed or claimed == "application/zip":
        return head.startswith(b"PK")
    if claimed in ("application/msword", "application/vnd.ms-excel"):
        return head.startswith(b"\xd0\xcf\x11\xe0")
    return claimed in found
