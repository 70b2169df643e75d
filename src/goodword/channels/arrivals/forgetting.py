"""What came in, when the message that it became is removed: bytes, files and all."""

from collections.abc import Iterable
from typing import Final

from goodword.channels.arrivals import store
from goodword.channels.arrivals.actions.forget_arrival import forget_arrival
from goodword.channels.arrivals.spool import RawStore
from goodword.conversations.attached import forget_unused
from goodword.conversations.events import Bounced, MessageRemoved
from goodword.platform.db import Tx
from goodword.platform.events import SYSTEM, Stamp, by_seq, of_stream
from goodword.platform.files import FileStore, of_owner
from goodword.platform.jobs import Handler, Run, enqueue

FORGET: Final = "channels.forget_arrival"


async def forget_what_came(run: Run) -> None:
    """On ``MessageRemoved``: the mails that said or quoted it, and those that brought it back, are forgotten."""
    await run.finish(_ask_to_forget, run.job.payload["seq"], run.clock.now())


def forget_bytes(raws: RawStore, files: FileStore) -> Handler:
    """The job ``FORGET``. Safe to run twice: what is gone is gone."""

    async def handle(run: Run) -> None:
        id = run.job.payload["id"]
        await drop_bytes(raws, await run.database.write(forget_arrival, Stamp(run.clock.now(), SYSTEM), id))
        for file_id in await run.database.write(_forget_files, id):
            await files.drop(file_id)
        await run.finish(_nothing)

    return handle


async def drop_bytes(raws: RawStore, digests: Iterable[str]) -> None:
    for digest in digests:
        await raws.drop(digest)


async def have_it_forgotten(tx: Tx, arrival_id: str, at: int) -> None:
    await enqueue(tx, FORGET, {"id": arrival_id}, at=at, dedupe=f"{FORGET}:{arrival_id}")


async def _ask_to_forget(tx: Tx, seq: int, now: int) -> None:
    event = await by_seq(tx, seq)
    assert event is not None
    removed = event.fact()
    assert isinstance(removed, MessageRemoved)
    came = [id for said in (removed.message_id, *removed.quoted_in) for id in await store.of_message(tx, said)]
    for bounce in await of_stream(tx, event.stream, ("Bounced",)):
        fact = bounce.fact()
        if isinstance(fact, Bounced) and fact.message_id == removed.message_id and fact.arrival_id:
            came.append(fact.arrival_id)
    for arrival_id in came:
        await have_it_forgotten(tx, arrival_id, now)


async def _forget_files(tx: Tx, arrival_id: str) -> list[str]:
    """Pictures in its text, too; what another message has was passed on and stays with that."""
    return await forget_unused(tx, [file.id for file in await of_owner(tx, arrival_id)])


async def _nothing(tx: Tx) -> None:
    """Only the job ends."""
