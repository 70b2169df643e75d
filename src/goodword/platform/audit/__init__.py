"""Proof that the log is what it was: a chain of hashes over its events, in the order of the feed.

Every event has one link, which holds the hash of the link before it together with everything that was recorded. Links
are made seconds after the events, in batches, so that whoever writes waits for nothing. Whoever keeps the head of the
chain elsewhere (``goodword audit head``) finds out whatever was changed, taken away or slipped in since. The databases
themselves refuse to change or delete events; the one way to make an event forget what it said is ``redact``, which is
an event of its own and leaves the chain whole.
"""

from goodword.platform.audit.actions.redact import redact
from goodword.platform.audit.linking import link_settled
from goodword.platform.audit.model import Anchor, Link, Trouble, Verdict
from goodword.platform.audit.store import Check, head, keep_check, last_check, not_linked
from goodword.platform.audit.verifying import verify

__all__ = [
    "Anchor",
    "Check",
    "Link",
    "Trouble",
    "Verdict",
    "head",
    "keep_check",
    "last_check",
    "link_settled",
    "not_linked",
    "redact",
    "verify",
]
