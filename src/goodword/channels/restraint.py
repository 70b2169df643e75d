"""When a program keeps silent by mail: so that no machine is ever answered, and two machines can't go on for ever."""

from typing import Literal

from goodword.channels.braking import BRAKES, braked
from goodword.conversations import letters
from goodword.conversations.model import Conversation, Message
from goodword.platform.clock import DAY
from goodword.platform.db import Tx

LONGEST = max(within for _, within in BRAKES)
# What was under way for longer, or was fetched when the mailbox was set up, has been seen to elsewhere by now.
OLD = 2 * DAY

Restraint = Literal["", "machine", "doubtful", "outside", "old", "braked"]


async def restraint(
    tx: Tx, conversation: Conversation, heard: Message | None, at: int, before: int = letters.NEWEST
) -> Restraint:
    """Why a program must not answer ``heard`` at ``at``; empty: it may, or it is no letter.

    ``machine``: a program wrote it; ``doubtful``: its sender may be a victim who never wrote; ``outside``: it is from
    somebody whom an agent has asked, not from the customer; ``old``: it was written long before it came; ``braked``:
    the desk has written by itself to him often enough, by what it said before the seq ``before``.
    """
    if heard is None or heard.letter is None:
        return ""
    if heard.letter.automatic:
        return "machine"
    if heard.letter.doubt:
        return "doubtful"
    if heard.letter.outside:
        return "outside"
    if heard.letter.dated is not None and heard.at - heard.letter.dated > OLD:
        return "old"
    said = await letters.said_by_programs(tx, conversation.identity_id, at - LONGEST, before)
    return "braked" if braked(said, at) else ""
