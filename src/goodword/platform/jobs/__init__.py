"""Deeds for later: durable, enqueued inside the transaction that wants them, tried until they succeed or are given up.

A handler is safe to run twice. One that only touches the database ends with ``Run.finish(deed)``: then the deed and
the end of the job are one transaction, and it happens exactly once.
"""

from goodword.platform.jobs.model import MOST_ATTEMPTS, Job, LostLease, pause_before
from goodword.platform.jobs.run import Handler, Run
from goodword.platform.jobs.store import cancel, dead, enqueue, hasten, revive
from goodword.platform.jobs.worker import Worker

__all__ = [
    "MOST_ATTEMPTS",
    "Handler",
    "Job",
    "LostLease",
    "Run",
    "Worker",
    "cancel",
    "dead",
    "enqueue",
    "hasten",
    "pause_before",
    "revive",
]
