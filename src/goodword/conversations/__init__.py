"""Conversations: the thread with a customer, whatever channel it runs on.

Its time line is made of events, and this package is the only writer of it. Every deed is one file in ``actions``;
messages are taken in and said once, however often they come. What a customer may see of a time line is decided in
``visible``.
"""

from goodword.conversations.actions.add_note import add_note
from goodword.conversations.actions.ask_rating import ask_rating
from goodword.conversations.actions.assign import assign
from goodword.conversations.actions.cancel_scheduled import cancel_scheduled
from goodword.conversations.actions.close import close
from goodword.conversations.actions.give_back import give_back
from goodword.conversations.actions.give_intake import give_intake, intake_of
from goodword.conversations.actions.mark_delivery import bounced, delivered, delivery_failed, mark_fetched
from goodword.conversations.actions.mark_read import read_by_agent, read_by_customer
from goodword.conversations.actions.mark_spam import mark_spam
from goodword.conversations.actions.mark_unread import mark_unread
from goodword.conversations.actions.merge import merge
from goodword.conversations.actions.move_to_customer import move_to_customer
from goodword.conversations.actions.open import open_conversation
from goodword.conversations.actions.rate import rate
from goodword.conversations.actions.receive import Received, receive
from goodword.conversations.actions.remove_message import remove_message
from goodword.conversations.actions.reopen import reopen
from goodword.conversations.actions.reply import reply
from goodword.conversations.actions.request_person import request_person
from goodword.conversations.actions.reschedule import reschedule
from goodword.conversations.actions.resend import resend
from goodword.conversations.actions.schedule_reply import schedule_reply
from goodword.conversations.actions.send_scheduled import send_scheduled
from goodword.conversations.actions.set_fields import set_fields
from goodword.conversations.actions.set_priority import set_priority
from goodword.conversations.actions.snooze import snooze, wake
from goodword.conversations.actions.split import split
from goodword.conversations.actions.tag import tag
from goodword.conversations.actions.take_over import take_over
from goodword.conversations.actions.talk_aside import close_side_thread, say_aside, start_side_thread
from goodword.conversations.actions.unmark_spam import unmark_spam
from goodword.conversations.actions.unmerge import unmerge
from goodword.conversations.actions.unsplit import unsplit
from goodword.conversations.actions.wait_in_queue import move_up, tell_nobody_is_there, wait_in_queue
from goodword.conversations.actions.whisper import whisper
from goodword.conversations.model import (
    Attachment,
    Card,
    Choice,
    Conversation,
    Draft,
    Intake,
    Letter,
    Message,
    Party,
    Source,
    Summary,
)

__all__ = [
    "Attachment",
    "Card",
    "Choice",
    "Conversation",
    "Draft",
    "Intake",
    "Letter",
    "Message",
    "Party",
    "Received",
    "Source",
    "Summary",
    "add_note",
    "ask_rating",
    "assign",
    "bounced",
    "cancel_scheduled",
    "close",
    "close_side_thread",
    "delivered",
    "delivery_failed",
    "give_back",
    "give_intake",
    "intake_of",
    "mark_fetched",
    "mark_spam",
    "mark_unread",
    "merge",
    "move_to_customer",
    "move_up",
    "open_conversation",
    "rate",
    "read_by_agent",
    "read_by_customer",
    "receive",
    "remove_message",
    "reopen",
    "reply",
    "request_person",
    "reschedule",
    "resend",
    "say_aside",
    "schedule_reply",
    "send_scheduled",
    "set_fields",
    "set_priority",
    "snooze",
    "split",
    "start_side_thread",
    "tag",
    "take_over",
    "tell_nobody_is_there",
    "unmark_spam",
    "unmerge",
    "unsplit",
    "wait_in_queue",
    "wake",
    "whisper",
]
