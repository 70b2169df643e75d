"""What the assistant wrote down of a message that was removed."""

from goodword.assistant import store
from goodword.conversations.events import MessageRemoved
from goodword.platform.db import Tx
from goodword.platform.events import Event


async def forget_question(tx: Tx, removed: Event) -> None:
    """Questions keep the lines that still stand in the conversation, and an answer that was removed keeps nothing.

    Which lines were whose is not told in a question, and what the message had said nobody knows any more.
    """
    fact = removed.fact()
    assert isinstance(fact, MessageRemoved)
    await store.forget_answer(tx, fact.message_id)
    if not fact.by_customer:
        return
    said = await store.standing_words(tx, removed.stream)
    for row in await store.questions(tx, removed.stream):
        kept = "\n".join(line for line in row["question"].split("\n") if line.strip() in said)
        if kept != row["question"]:
            await store.set_question(tx, row["message_id"], kept)
