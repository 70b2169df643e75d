"""A webhook is called: later, again and again until it is there or has said no for good."""

import hashlib
import hmac
from typing import Any

import msgspec

from goodword.automation import doings
from goodword.automation.doings import Told
from goodword.conversations import store as conversations
from goodword.platform.clock import SECOND
from goodword.platform.db import Tx
from goodword.platform.errors import Rejected, RemoteError
from goodword.platform.events import Event, by_id
from goodword.platform.http import Outgoing, webhook_signature
from goodword.platform.jobs import MOST_ATTEMPTS, Run


class Calling:
    """The handler of the step ``webhook``. ``key`` is the desk's own, from which the secret of the signature comes."""

    def __init__(self, outgoing: Outgoing, key: bytes) -> None:
        self._outgoing = outgoing
        self._secret = webhook_secret(key)

    async def call(self, run: Run) -> None:
        """POST what happened; ``webhook-id`` is the same at every try."""
        payload, now = run.job.payload, run.clock.now()
        body = await run.database.read(_body, payload)
        id, timestamp = f"{payload['applied_id']}.{payload['step']}", str(now // SECOND)
        headers = {
            "Content-Type": "application/json",
            "webhook-id": id,
            "webhook-timestamp": timestamp,
            "webhook-signature": webhook_signature(self._secret, id, timestamp, body),
        }
        try:
            await self._outgoing.post(payload["url"], body, headers)
        except RemoteError as no:
            if not isinstance(no, Rejected) and run.job.attempts < MOST_ATTEMPTS:
                raise
            await run.finish(_note_failure, payload, now, f"{no.code}.{no.reason}" if no.reason else no.code)


def webhook_secret(key: bytes) -> str:
    """With which whoever is called can tell that it was us. Never stored."""
    return hmac.new(key, b"automation", hashlib.sha256).hexdigest()


async def _body(tx: Tx, payload: dict[str, Any]) -> bytes:
    conversation = await conversations.get(tx, payload["conversation_id"])
    applied = await by_id(tx, payload["applied_id"])
    cause = await by_id(tx, applied.cause) if applied and applied.cause else None
    return msgspec.json.encode(
        {
            "type": "automation",
            "by": {"id": payload["by"], "name": payload["name"]},
            "conversation": {
                "id": conversation.id,
                "number": conversation.number,
                "status": conversation.status,
                "channel": conversation.channel,
                "customer_id": conversation.customer_id,
                "language": conversation.language,
                "priority": conversation.priority,
                "fields": conversation.fields,
                "tags": await conversations.tags(tx, conversation.id),
            },
            "event": _told(cause),
        }
    )


def _told(cause: Event | None) -> msgspec.Raw | None:
    return msgspec.Raw(cause.public()) if cause else None


async def _note_failure(tx: Tx, payload: dict[str, Any], now: int, trouble: str) -> None:
    told = Told(trouble=trouble)
    await doings.note(tx, payload["by"], payload["conversation_id"], payload["applied_id"], now, "call_failed", told)
