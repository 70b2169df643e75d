"""A mail becomes a message, or is set aside."""

from typing import Any

import msgspec

from goodword.channels.actions.take_in import take_in
from goodword.channels.adapters.email import store, tokens
from goodword.channels.adapters.email.drafting import draft_of, name_of, shown_subject
from goodword.channels.adapters.email.evidence import evidence_of
from goodword.channels.adapters.email.incoming import Incoming, folded
from goodword.channels.adapters.email.outsiders import is_outsider
from goodword.channels.adapters.email.reading import ReadMail
from goodword.channels.adapters.email.returning import take_back
from goodword.channels.adapters.email.threading import belongs_to, nearest_references
from goodword.channels.contract import Arrived, Aside, Outcome, Taken
from goodword.channels.model import Channel
from goodword.conversations import (
    Draft,
    Received,
    Summary,
    add_note,
    letters,
    mark_spam,
    receive,
    request_person,
)
from goodword.conversations import store as conversations
from goodword.conversations.model import Attachment, Handler, takes_new_message
from goodword.customers import Customer, Identity, identify
from goodword.platform.db import Tx
from goodword.platform.events import Actor, Stamp
from goodword.staff.store import find_by_email

MOST_PARTIES = 50


async def take_in_mail(
    tx: Tx, stamp: Stamp, arrived: Arrived, channel: Channel, read: ReadMail, files: tuple[Attachment, ...]
) -> Outcome:
    """The same mail once, by whatever way and however often it comes.

    It goes on where its marks or references say so, else it begins a conversation. What came back to us, what we
    sent ourselves and complaints are no messages.
    """
    incoming = Incoming(read, arrived, channel)
    if incoming.is_our_own:
        return Aside("own_mail")
    if read.mail.automatic in ("bounce", "feedback"):
        return await take_back(tx, stamp, arrived, channel, read.mail)
    draft = draft_of(read.mail, read.key, arrived.id, files)
    into = await _place(tx, stamp, incoming)
    if into and (noted := await _note_of_colleague(tx, stamp, incoming, draft, into)):
        return noted
    return await _message(tx, stamp, incoming, draft, into)


async def _place(tx: Tx, stamp: Stamp, incoming: Incoming) -> str | None:
    """The conversation in which it goes on; of one that has been closed for too long, what has followed it."""
    mail = incoming.mail
    evidence = await evidence_of(tx, mail, incoming.channel.id, incoming.arrived.secret)
    doubted = mail.sender_check == "fail"
    found = belongs_to(evidence, folded(incoming.author.address), shown_subject(mail), doubted)
    if found is None:
        return None
    if takes_new_message(await conversations.get(tx, found), stamp.at, incoming.reopened_within):
        return found
    return await store.newest_follow_up(tx, found)


async def _note_of_colleague(tx: Tx, stamp: Stamp, incoming: Incoming, draft: Draft, into: str) -> Outcome | None:
    """What an agent answers from his own mailbox, where it is proved that he wrote it, is for his colleagues."""
    found = await find_by_email(tx, folded(incoming.author.address)) if incoming.is_proved else None
    if found is None or found[0].disabled:
        return None
    agent = found[0]
    noted = await add_note(tx, stamp.acting_as(Actor("agent", agent.id, agent.name)), into, draft)
    return Taken(noted.conversation.id, noted.message.id)


async def _message(tx: Tx, stamp: Stamp, incoming: Incoming, draft: Draft, into: str | None) -> Outcome:
    customer, identity = await _who(tx, stamp, incoming)
    if into and await _is_from_outside(tx, stamp, incoming, into):
        draft = _from_outside(draft)
    received = await _received(tx, stamp, incoming, draft, customer, identity, into)
    if received.fresh:
        if into and received.opened:
            await store.follow(tx, into, received.conversation.id)
        await _remember(tx, stamp, incoming, received)
        await _let_a_person_see(tx, stamp, received)
    return Taken(received.conversation.id, received.message.id)


async def _is_from_outside(tx: Tx, stamp: Stamp, incoming: Incoming, into: str) -> bool:
    """What opens a conversation of its own is that one's customer's."""
    goes_on = takes_new_message(await conversations.get(tx, into), stamp.at, incoming.reopened_within)
    return goes_on and await is_outsider(tx, into, folded(incoming.author.address))


def _from_outside(draft: Draft) -> Draft:
    assert draft.letter is not None
    return msgspec.structs.replace(draft, letter=msgspec.structs.replace(draft.letter, outside=True))


async def _let_a_person_see(tx: Tx, stamp: Stamp, received: Received) -> None:
    """What somebody says whom an agent has asked for help is not for the assistant."""
    if letters.is_outside(received.message) and received.conversation.handler == "assistant" and not received.quiet:
        await request_person(tx, stamp, received.conversation.id, "policy", Summary())


async def _who(tx: Tx, stamp: Stamp, incoming: Incoming) -> tuple[Customer, Identity]:
    """Somebody without an address that could be answered is somebody nonetheless, whom nobody knows."""
    name, address = name_of(incoming.author), folded(incoming.author.address)
    if address:
        return await identify(tx, stamp, kind="email", value=address, verified=incoming.is_proved, name=name)
    return await identify(tx, stamp, kind="api", value=incoming.read.key, scope=incoming.channel.id, name=name)


async def _received(
    tx: Tx, stamp: Stamp, incoming: Incoming, draft: Draft, customer: Customer, identity: Identity, into: str | None
) -> Received:
    """What a server calls spam is kept where spam is, and wakes nobody."""
    spam = incoming.mail.spam
    received = await (_take_spam_in if spam else take_in)(
        tx,
        stamp.acting_as(Actor("customer", customer.id, customer.name)),
        draft,
        channel=incoming.channel,
        customer=customer.ref,
        identity_id=identity.id,
        first=_first(incoming, identity),
        thread=draft.client_id,
        subject=shown_subject(incoming.mail),
        into=into,
        reopened_within=incoming.reopened_within,
    )
    if spam and received.opened:
        await mark_spam(tx, stamp, received.conversation.id)
    return received


async def _take_spam_in(tx: Tx, stamp: Stamp, draft: Draft, *, channel: Channel, **more: Any) -> Received:
    return await receive(tx, stamp, draft, channel=channel.ref, **more)


def _first(incoming: Incoming, identity: Identity) -> Handler:
    """What a machine wrote, or nobody whom an answer would reach, is for people."""
    for_people = incoming.mail.automatic or incoming.mail.spam or identity.kind != "email"
    return "queue" if for_people else incoming.arrived.first


async def _remember(tx: Tx, stamp: Stamp, incoming: Incoming, received: Received) -> None:
    """So that what answers this mail finds it, and what it answers, should that come later."""
    mail, channel_id, id = incoming.mail, incoming.channel.id, received.conversation.id
    cited = nearest_references(mail.in_reply_to, mail.references)
    foreign = [one for one in cited if not tokens.our_message(incoming.arrived.secret, channel_id, one)]
    if mail.message_id:
        await store.remember(tx, channel_id, (mail.message_id,), id, stamp.at, received.message.id)
    await store.remember(tx, channel_id, foreign, id, stamp.at)
    named = (incoming.author, *mail.reply_to, *mail.to, *mail.cc)
    parties = dict.fromkeys(address for one in named if (address := folded(one.address)))
    await store.join(tx, id, [address for address in parties if address != incoming.mailbox][:MOST_PARTIES])
