"""Texts with fields to fill, in the customer's language."""

import re
from collections.abc import Mapping
from typing import Final

import msgspec

from goodword.automation.steps import Note, Reply
from goodword.conversations.canned import canned_by_key
from goodword.conversations.model import Conversation
from goodword.customers import get_customer
from goodword.customers.store import orders_of
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import Actor
from goodword.platform.i18n import FALLBACK, ours
from goodword.staff import company_name

FIELDS: Final = ("customer", "agent", "order", "company", "number")
PLACE: Final = re.compile(r"\{(customer|agent|order|company|number)\}")
NAMES: Final = r"\{(?:customer|agent)\}"
# A name that isn't known takes along what binds it to its sentence: "Hello {customer}, ..." becomes "Hello, ...".
ALONE: Final = re.compile(rf"^{NAMES}[,，]? ?(?P<first>\w?)", re.MULTILINE)
AT_THE_END: Final = re.compile(rf"[,，]?[ \u00a0]?{NAMES}[ \u00a0]?(?=[.!?。！？]|$)", re.MULTILINE)
WITHIN: Final = re.compile(rf" ?{NAMES}(?=[,，:：;；])|{NAMES} ?")


class Voice(msgspec.Struct, frozen=True):
    """In whose name the program speaks to customers; ``company`` and ``language`` where nothing better is known."""

    assistant: Actor
    company: str
    language: str = FALLBACK


class Filled(msgspec.Struct, frozen=True):
    """``wanted``: the customer's language; ``language``: that of the text; ``empty``: its fields without a value.

    ``canned``: the canned answer (its id) that it comes from.
    """

    text: str
    language: str
    wanted: str
    empty: tuple[str, ...] = ()
    canned: str | None = None


def fill(text: str, values: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The text with its fields filled, and which had no value; those stay as they are, so that they are seen."""
    wanted = dict.fromkeys(PLACE.findall(text))
    filled = PLACE.sub(lambda found: values.get(found[1]) or found[0], text)
    return filled, tuple(name for name in wanted if not values.get(name))


def without_names(text: str) -> str:
    """The text with names that are not known left out; no stranger should be called ``{customer}``."""
    text = ALONE.sub(lambda found: found["first"].upper(), text)
    return WITHIN.sub("", AT_THE_END.sub("", text))


def in_language(texts: Mapping[str, str], wanted: str) -> tuple[str, str]:
    """The best text there is and its language: the one wanted, its sister, English, or whichever is there."""
    kin = [language for language in texts if language.split("-")[0] == wanted.split("-")[0]]
    for language in (wanted, *kin, FALLBACK, *texts):
        if texts.get(language):
            return language, texts[language]
    raise BadInput("texts")


async def reply_text(tx: Tx, step: Reply, conversation: Conversation, agent: str, voice: Voice) -> Filled:
    """What the customer would read. ``NotFound``: the canned answer is gone."""
    canned = await canned_by_key(tx, step.canned) if step.canned else None
    texts = canned.texts if canned else step.texts
    customer = await get_customer(tx, conversation.customer_id)
    wanted = ours(conversation.language) or ours(customer.language) or voice.language
    language, text = in_language(texts, wanted)
    filled, empty = fill(text, await values_of(tx, conversation, agent, voice))
    return Filled(filled, language, wanted, empty, canned.id if canned else None)


async def note_text(tx: Tx, step: Note, conversation: Conversation, agent: str, voice: Voice) -> Filled:
    filled, empty = fill(step.text, await values_of(tx, conversation, agent, voice))
    return Filled(filled, voice.language, voice.language, empty)


async def values_of(tx: Tx, conversation: Conversation, agent: str, voice: Voice) -> dict[str, str]:
    """What the fields stand for in this conversation; ``agent`` is the name of whoever speaks."""
    customer = await get_customer(tx, conversation.customer_id)
    orders = await orders_of(tx, customer.id, limit=1)
    return {
        "customer": "" if customer.anonymous else customer.name,
        "agent": agent,
        "order": orders[0].number if orders else "",
        "company": await company_name(tx, voice.company),
        "number": str(conversation.number),
    }
