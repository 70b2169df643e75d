"""A supervisor reads along in a conversation."""

from goodword.conversations import store as conversations
from goodword.conversations.timeline import record
from goodword.platform import ids
from goodword.platform.clock import HOUR
from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.staff.model import Named
from goodword.supervision.events import ListenedIn


async def listen(tx: Tx, stamp: Stamp, conversation_id: str) -> None:
    """Told to the staff once an hour, however often he looks."""
    stamp.need("supervision.watch")
    await conversations.hold(tx, conversation_id)
    agent = Named(stamp.actor.id or "", stamp.actor.name)
    event_id = ids.derived("evt", conversation_id, "listened", agent.id, str(stamp.at // HOUR))
    await record(tx, conversation_id, ListenedIn(agent=agent), stamp, event_id=event_id)
