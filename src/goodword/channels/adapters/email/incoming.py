"""A mail on its way in: whose it is, and what its channel says about such mail."""

import msgspec

from goodword.channels.adapters.email import tokens
from goodword.channels.adapters.email.model import Address, Mail
from goodword.channels.adapters.email.reading import ReadMail
from goodword.channels.contract import Arrived
from goodword.channels.model import Channel
from goodword.customers.contact import clean_email
from goodword.platform.clock import DAY
from goodword.platform.errors import BadInput

REOPEN_DAYS = 14


class Incoming(msgspec.Struct, frozen=True):
    read: ReadMail
    arrived: Arrived
    channel: Channel

    @property
    def mail(self) -> Mail:
        return self.read.mail

    @property
    def mailbox(self) -> str:
        return folded(str(self.channel.settings.get("address", "")))

    @property
    def author(self) -> Address:
        """Who wrote. Forms on web pages send in the mailbox's own name, and name the customer for the answer."""
        sender = self.mail.sender
        if folded(sender.address) == self.mailbox:
            return next((one for one in self.mail.reply_to if folded(one.address) not in ("", self.mailbox)), sender)
        return sender

    @property
    def is_proved(self) -> bool:
        """Whether a server of ours has checked that its author wrote it."""
        return self.mail.sender_check == "pass" and self.author == self.mail.sender

    @property
    def is_our_own(self) -> bool:
        secret, channel_id = self.arrived.secret, self.channel.id
        sent = tokens.our_message(secret, channel_id, self.mail.message_id) is not None
        return sent or any(tokens.is_loop_mark(secret, channel_id, mark) for mark in self.read.marks)

    @property
    def reopened_within(self) -> int:
        days = self.channel.settings.get("reopen_days", REOPEN_DAYS)
        return (days if isinstance(days, int) else REOPEN_DAYS) * DAY


def folded(address: str) -> str:
    """As the customers' records have it; empty where it can't be answered."""
    try:
        return clean_email(address)
    except BadInput:
        return ""
