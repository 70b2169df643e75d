"""Conversations: the thread with a customer, whatever channel it runs on.

Its time line is made of events, and this package is the only writer of it. Every deed is one file in ``actions``;
messages are taken in and said once, however often they come. What a customer may see of a time line is decided in
``visible``.
"""

from goodword.conversations.actions.add_note import add_note
from goodword.conversations.actions.assign import assign
from goodword.conversations.actions.close import close
from goodword.conversations.actions.give_back import give_back
from goodword.conversations.actions.mark_delivery import delivered, delivery_failed, mark_fetched
from goodword.conversations.actions.mark_read import read_by_agent, read_by_customer
from goodword.conversations.actions.move_to_customer import move_to_customer
from goodword.conversations.actions.open import open_conversation
from goodword.conversations.actions.receive import Received, receive
from goodword.conversations.actions.reopen import reopen
from goodword.conversations.actions.reply import reply
from goodword.conversations.actions.request_person import request_person
from goodword.conversations.actions.snooze import snooze, wake
from goodword.conversations.actions.tag import tag
from goodword.conversations.actions.take_over import take_over
from goodword.conversations.actions.wait_in_queue import move_up, tell_nobody_is_there, wait_in_queue
from goodword.conversations.model import Attachment, Choice, Conversation, Draft, Message, Source, Summary

__all__ = [
    "Attachment",
    "Choice",
    "Conversation",
    "Draft",
    "Message",
    "Received",
    "Source",
    "Summary",
    "add_note",
    "assign",
    "close",
    "delivered",
    "delivery_failed",
    "give_back",
    "mark_fetched",
    "move_to_customer",
    "move_up",
    "open_conversation",
    "read_by_agent",
    "read_by_customer",
    "receive",
    "reopen",
    "reply",
    "request_person",
    "snooze",
    "tag",
    "take_over",
    "tell_nobody_is_there",
    "wait_in_queue",
    "wake",
]
