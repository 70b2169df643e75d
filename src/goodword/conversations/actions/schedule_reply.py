"""An agent's reply is to be sent later."""

from goodword.conversations import sending_later, store
from goodword.conversations.events import ReplyScheduled
from goodword.conversations.model import Afterwards, Draft, Ref, checked_reply
from goodword.conversations.sending_later import SEND, ScheduledReply, check_times, timer
from goodword.conversations.streams import must_be_at_work
from goodword.conversations.timeline import record
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.errors import Forbidden
from goodword.platform.events import Stamp
from goodword.platform.jobs import enqueue


async def schedule_reply(
    tx: Tx,
    stamp: Stamp,
    conversation_id: str,
    draft: Draft,
    send_at: int,
    *,
    then: Afterwards | None = None,
    until: int | None = None,
    only_if_silent: bool = True,
) -> str:
    """Its id. The same ``draft.client_id`` is kept once.

    ``BadInput``: ``send_at`` has passed, or ``until`` comes before it. ``Forbidden``: only a person can mean it.
    """
    stamp.need("conversations.answer")
    if stamp.actor.kind != "agent" or stamp.actor.id is None:
        raise Forbidden("people_only")
    checked_reply(draft)
    conversation = await store.hold(tx, conversation_id)
    id = ids.derived("sch", conversation_id, stamp.actor.id, draft.client_id)
    author = Ref(stamp.actor.id, stamp.actor.name)
    waiting = ScheduledReply(
        id,
        conversation_id,
        author,
        draft.text,
        draft.attachments,
        send_at,
        then,
        until,
        only_if_silent,
        draft.canned,
        draft.letter,
    )
    check_times(stamp.at, send_at, then, until)
    await must_be_at_work(tx, conversation)
    if not await sending_later.keep(tx, waiting, stamp.at):
        return id
    fact = ReplyScheduled(
        scheduled_id=id,
        text=draft.text,
        send_at=send_at,
        then=then,
        until=until,
        only_if_silent=only_if_silent,
        attachments=draft.attachments,
        letter=draft.letter,
    )
    await record(tx, conversation_id, fact, stamp, scheduled=conversation.scheduled + 1)
    await store.drop_draft(tx, conversation_id, stamp.actor.id)
    await enqueue(tx, SEND, {"scheduled_id": id}, at=send_at, dedupe=timer(id))
    return id
