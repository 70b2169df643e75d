"""Bytes too large for a row: attachments and raw inbound messages, outside the web root, under unguessable names.

A file is written and synced before its row is, so that a row never names bytes that aren't there.
"""

from goodword.platform.files.model import FORBIDDEN_SUFFIXES, StoredFile, safe_name, shortened
from goodword.platform.files.storage import FileStore
from goodword.platform.files.store import find, find_many, forget, of_owner, record

__all__ = [
    "FORBIDDEN_SUFFIXES",
    "FileStore",
    "StoredFile",
    "find",
    "find_many",
    "forget",
    "of_owner",
    "record",
    "safe_name",
    "shortened",
]
