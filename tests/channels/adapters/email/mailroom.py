"""A desk with a mailbox: mails are put in at its end of the pipe, read by the desk's own worker, and looked at."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goodword.channels.actions.add_channel import add_channel
from goodword.channels.adapters.email import tokens
from goodword.channels.arrivals import Arrival, keep_bytes, store
from goodword.channels.model import Channel, signing_secret
from goodword.conversations import delivered
from goodword.platform.events import SYSTEM, Stamp
from goodword.rig.clock import HandClock
from tests.desks import House, house

MAILBOX = "help@fennel-oak.example"
DANA = "Dana Evans <dana@customers.example>"
GUS = "Gus Brandt <gus@customers.example>"


def mail(
    text: str = "The lid of my kettle is cracked.",
    *,
    sender: str | None = DANA,
    subject: str | None = "My kettle",
    id: str | None = "",
    to: str = MAILBOX,
    **headers: str,
) -> bytes:
    """``id``: empty for one of its own, None for none. Further headers with ``_`` for ``-``."""
    lines = [f"To: {to}"]
    lines += [f"From: {sender}"] if sender is not None else []
    lines += [f"Subject: {subject}"] if subject is not None else []
    if id is not None:
        own = hashlib.sha256(f"{sender}{subject}{text}{sorted(headers.items())}".encode()).hexdigest()[:12]
        lines.append(f"Message-ID: <{id or f'{own}@customers.example'}>")
    lines += [f"{name.replace('_', '-').title()}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "Content-Type: text/plain; charset=utf-8", "", text, ""]).encode()


@dataclass
class Mailroom:
    house: House
    box: Channel
    token: str

    @property
    def secret(self) -> str:
        return signing_secret(self.house.desk.services.secret_key, self.box.id)

    async def put_in(self, raw: bytes) -> Arrival:
        services = self.house.desk.services
        now = self.house.clock.now()
        arrival, _ = await keep_bytes(services.database, services.raws, self.box, raw, now, source="pipe")
        return arrival

    async def takes(self, raw: bytes) -> Arrival:
        """Put in and read at once: what became of it."""
        arrival = await self.put_in(raw)
        await self.house.settle()
        return await self.of(arrival)

    async def of(self, arrival: Arrival) -> Arrival:
        return await self.house.desk.services.database.read(store.get, arrival.id)

    async def conversation(self, id: str | None) -> dict[str, Any]:
        ada = await self.house.signed_in("ada")
        answer = await ada.get(f"/api/v1/conversations/{id}")
        answer.raise_for_status()
        return dict(answer.json())

    async def facts(self, id: str | None, *types: str) -> list[dict[str, Any]]:
        events = (await self.conversation(id))["events"]
        return [event["data"] for event in events if event["type"] in types]

    async def messages(self, id: str | None) -> list[dict[str, Any]]:
        return [data["message"] for data in await self.facts(id, "MessageReceived", "NoteAdded", "ReplyQueued")]

    async def count(self, what: str = "messages WHERE author_kind = 'customer'") -> int:
        async def deed(tx):
            return await tx.value(f"SELECT count(*) FROM {what}")

        return int(await self.house.desk.services.database.read(deed))

    async def answers(self, id: str | None, text: str = "We send you a new one.") -> str:
        """An agent replies, and it leaves: the Message-ID by which it is answered."""
        ada = await self.house.signed_in("ada")
        said = await ada.post(
            f"/api/v1/conversations/{id}/replies", json={"client_id": f"r{self.house.clock.now()}", "text": text}
        )
        said.raise_for_status()
        message = (await self.facts(id, "ReplyQueued"))[-1]["message"]
        ours = tokens.sign_message(self.secret, self.box.id, message["id"], "fennel-oak.example")
        await self.house.desk.services.database.write(self._left, message["id"], ours)
        return ours

    async def closes(self, id: str | None) -> None:
        ada = await self.house.signed_in("ada")
        (await ada.post(f"/api/v1/conversations/{id}/close")).raise_for_status()

    async def _left(self, tx, message_id: str, ours: str) -> None:
        await delivered(tx, Stamp(self.house.clock.now(), SYSTEM), message_id, ours, answer="250 2.0.0 queued")


@asynccontextmanager
async def mailroom(folder: Path, url: str, clock: HandClock, **settings: Any) -> AsyncIterator[Mailroom]:
    async with house(folder, url, clock, **{"assistant_answers": False, **settings}) as opened:
        manifest = opened.desk.services.registry.get("email").manifest
        given = {
            "address": MAILBOX,
            "outbound": "none",
            "inbound": "none",
            "trusted_servers": ["mx.fennel-oak.example"],
            "acknowledge": False,
        }

        async def deed(tx):
            return await add_channel(tx, Stamp(clock.now(), SYSTEM), manifest, "Help", given, key="help")

        box, token = await opened.desk.services.database.write(deed)
        yield Mailroom(opened, box, token)
