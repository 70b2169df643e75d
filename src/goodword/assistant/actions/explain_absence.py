"""Nobody is there: the customer is asked for what it takes to answer him later."""

from goodword.assistant.wording import say
from goodword.conversations import letters, reply
from goodword.conversations import store as conversations
from goodword.conversations.model import Draft
from goodword.customers.store import get_customer
from goodword.platform.db import Tx
from goodword.platform.events import Stamp
from goodword.platform.i18n import ours


async def explain_absence(tx: Tx, stamp: Stamp, conversation_id: str, fallback: str) -> None:
    """Once while he waits, however often people come and go, and not when somebody is there meanwhile.

    Whoever wrote a letter is not asked for an address: what he is told is ``acknowledge``'s affair.
    """
    conversation = await conversations.hold(tx, conversation_id)
    if conversation.handler != "nobody" or conversation.status == "closed":
        return
    heard = await letters.newest_received(tx, conversation_id)
    if heard and heard.letter:
        return
    customer = await get_customer(tx, conversation.customer_id)
    language = ours(conversation.language) or fallback
    text = (
        say(language, "nobody.have_email", email=customer.email)
        if customer.email
        else say(language, "nobody.ask_email")
    )
    draft = Draft(client_id=f"absence:{conversation.waiting_since}", text=text, language=language)
    await reply(tx, stamp, conversation_id, draft)
