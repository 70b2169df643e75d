"""The letter in an arrival, whole: quoted text, looks, headers and all."""

import msgspec
from msgspec import field

from goodword.channels import store as channels
from goodword.channels.arrivals import store
from goodword.channels.arrivals.files import identified
from goodword.channels.arrivals.model import Arrival
from goodword.channels.arrivals.spool import RawStore
from goodword.channels.contract import FilePart, Reads, Show, Unreadable
from goodword.channels.model import Channel
from goodword.channels.registry import Registry
from goodword.conversations.model import Party
from goodword.platform.db import Tx
from goodword.platform.errors import NotFound
from goodword.platform.files import FileStore
from goodword.platform.files.model import StoredFile

MOST_HEADERS = 60


class LetterView(msgspec.Struct, rename={"sender": "from"}):
    """``html`` is safe; images that stand elsewhere are not loaded unless asked for, but counted."""

    subject: str
    sender: Party | None
    to: tuple[Party, ...]
    cc: tuple[Party, ...]
    date: int | None
    text: str
    html: str
    headers: list[tuple[str, str]]
    remote_images: int = field(default=0)


async def load(tx: Tx, id: str) -> tuple[Arrival, Channel]:
    """With the channel through which it came. ``NotFound``: there is none, or it was forgotten."""
    arrival = store.kept(await store.get(tx, id))
    return arrival, await channels.get(tx, arrival.channel_id)


def reader(registry: Registry, channel: Channel) -> Reads:
    """``NotFound``: what comes through this channel is no letter."""
    adapter = registry.get(channel.kind)
    if not isinstance(adapter, Reads):
        raise NotFound("letter")
    return adapter


async def whole_letter(
    arrival: Arrival, channel: Channel, registry: Registry, raws: RawStore, files: FileStore, *, remote: bool
) -> LetterView:
    """``remote``: with the images that stand elsewhere. ``NotFound``: it can't be shown as a letter."""

    def urls(parts: tuple[FilePart, ...]) -> tuple[str, ...]:
        found = {place: id for place, id, _ in identified(arrival.id, parts)}
        return tuple(
            files.url(StoredFile(found[place], part.name, "", 0, "", "", 0)) if place in found else ""
            for place, part in enumerate(parts)
        )

    try:
        raw = await raws.get(arrival.bytes_now)
        sheet = await reader(registry, channel).sheet(raw, arrival.arrived(), channel, Show(urls, remote))
    except Unreadable as error:
        raise NotFound("letter") from error
    plain = msgspec.structs.asdict(sheet)
    return LetterView(**{**plain, "headers": list(sheet.headers[:MOST_HEADERS])})
