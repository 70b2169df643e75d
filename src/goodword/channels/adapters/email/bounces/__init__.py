"""Mails that say that a mail could not be delivered.

``bounce_of`` tells them from what people write of such mails, forward and quote; it finds whom the mail did not reach,
why, and which mail it was. A mail that was delivered, late or elsewhere, has not bounced; one that is only delayed has
the action ``delayed``.
"""

from goodword.channels.adapters.email.bounces.evidence import has_null_path
from goodword.channels.adapters.email.bounces.reading import bounce_of

__all__ = ["bounce_of", "has_null_path"]
