"""What a macro would do in a conversation, told before it does it."""

from typing import Any

import msgspec

from goodword.automation.actions.run_macro import usable
from goodword.automation.filling import Voice, reply_text
from goodword.automation.naming import names
from goodword.automation.sentences import Words
from goodword.automation.steps import NEVER_TAKEN_BACK, AnyStep, Reply, without_secrets
from goodword.conversations import store as conversations
from goodword.platform.db import Tx
from goodword.staff import Agent


class Preview(msgspec.Struct, frozen=True):
    """``lines`` in the reader's language, ``text`` in the customer's (``language``), ``empty`` its unfilled fields."""

    lines: list[str]
    text: str | None
    language: str | None
    empty: list[str]
    steps: list[Any]


async def preview_macro(
    tx: Tx, agent: Agent, conversation_id: str, macro_id: str, voice: Voice, language: str
) -> Preview:
    """``NotFound``: no such macro for this agent, or its canned answer is gone."""
    macro = await usable(tx, macro_id, agent.id)
    conversation = await conversations.get(tx, conversation_id)
    words = Words(language, await names(tx))
    lines = [_line(words, step) for step in macro.steps]
    said = next((step for step in macro.steps if isinstance(step, Reply)), None)
    steps = [msgspec.to_builtins(without_secrets(step)) for step in macro.steps]
    if said is None:
        return Preview(lines, None, None, [], steps)
    filled = await reply_text(tx, said, conversation, agent.name, voice)
    if filled.language != filled.wanted:
        lines.append(words.fallback(filled.wanted, filled.language))
    return Preview(lines, filled.text, filled.language, list(filled.empty), steps)


def _line(words: Words, step: AnyStep) -> str:
    line = words.line(words.step(step))
    return words.final(line) if isinstance(step, NEVER_TAKEN_BACK) else line
