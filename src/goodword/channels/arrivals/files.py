"""The files that came in an arrival, taken out of it: always under the same ids."""

import asyncio
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from goodword.channels.arrivals.model import Arrival
from goodword.channels.contract import FilePart
from goodword.platform import ids
from goodword.platform.files import FileStore, StoredFile

# What is larger stays where it came in, and can be saved with that.
LARGEST: Final = 50_000_000
MOST: Final = 100


async def keep_files(files: FileStore, arrival: Arrival, parts: Sequence[FilePart], at: int) -> tuple[StoredFile, ...]:
    """The same bytes at the same place in the same arrival are one file, however often this is called."""
    found = await asyncio.to_thread(identified, arrival.id, parts)
    return tuple(
        [await files.keep_derived(id, p.name, p.content_type, p.content, arrival.id, at) for _, id, p in found]
    )


def identified(arrival_id: str, parts: Sequence[FilePart]) -> list[tuple[int, str, FilePart]]:
    """Those parts that are kept as files, with their places and ids."""
    return [
        (place, ids.derived("fil", arrival_id, str(place), sha256(part.content).hexdigest()), part)
        for place, part in enumerate(parts[:MOST])
        if len(part.content) <= LARGEST
    ]
