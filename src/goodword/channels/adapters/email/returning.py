"""Mail that says what became of ours: it came back, or somebody complained of it."""

from goodword.channels.adapters.email import store, tokens
from goodword.channels.adapters.email.evidence import addressed_to, proved
from goodword.channels.adapters.email.incoming import folded
from goodword.channels.adapters.email.model import Bounce, Mail
from goodword.channels.adapters.email.threading import nearest_references
from goodword.channels.contract import Arrived, Aside, Outcome, Taken
from goodword.channels.model import Channel
from goodword.conversations import bounced
from goodword.platform.clock import DAY
from goodword.platform.db import Tx
from goodword.platform.events import Stamp

# Servers give up after five days at the latest.
COMES_BACK_WITHIN = 6 * DAY
# It is on its way still, or has arrived.
NO_BOUNCE = {"delayed": "delayed", "delivered": "receipt", "relayed": "receipt", "expanded": "receipt"}


async def take_back(tx: Tx, stamp: Stamp, arrived: Arrived, channel: Channel, mail: Mail) -> Outcome:
    """Tie a bounce to the reply that it answers; the rest is set aside, beside its conversation where it has one."""
    bounce = mail.bounce or Bounce()
    found = await _reply(tx, stamp, arrived, channel, mail, bounce)
    reason = "feedback" if mail.automatic == "feedback" else NO_BOUNCE.get(bounce.action, "bounce")
    if found is None:
        return Aside(reason)
    message_id, conversation_id = found
    if reason != "bounce":
        return Aside(reason, conversation_id)
    await bounced(
        tx,
        stamp,
        message_id,
        recipient=bounce.recipient,
        status=bounce.status,
        action=bounce.action or "failed",
        detail=bounce.diagnostic,
        arrival_id=arrived.id,
    )
    return Taken(conversation_id, message_id)


async def _reply(
    tx: Tx, stamp: Stamp, arrived: Arrived, channel: Channel, mail: Mail, bounce: Bounce
) -> tuple[str, str] | None:
    """The message of ours, and its conversation: by its Message-ID, by our address, or what last went there."""
    named = (bounce.message_id, *nearest_references(mail.in_reply_to, mail.references))
    for reference in named:
        message_id = tokens.our_message(arrived.secret, channel.id, reference)
        places = await store.conversations_of(tx, [message_id]) if message_id else ()
        if message_id and places:
            return message_id, places[0]
    for conversation_id in await proved(tx, arrived.secret, tokens.claims_in_addresses(addressed_to(mail))):
        if row := await store.last_sent_in(tx, conversation_id):
            return row["id"], row["conversation_id"]
    if mail.sender_check == "fail" or not (recipient := folded(bounce.recipient)):
        return None
    row = await store.last_sent_to(tx, channel.id, recipient, stamp.at - COMES_BACK_WITHIN)
    return (row["id"], row["conversation_id"]) if row else None
