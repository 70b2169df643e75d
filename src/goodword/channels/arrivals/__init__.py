"""Arrivals: whatever comes in as bytes is kept as it came, durably, before anybody reads it.

``keep_bytes`` puts the bytes on the disk, then their row and the job that reads them into the log; only then may the
sender be told that we have it. What can't be read is *quarantined*: a person sees it, may mend, replay, save or drop
it, and the next one is read meanwhile. Reading again is safe at any time: what was taken in once is there once.
"""

from goodword.channels.arrivals.actions.keep_arrival import keep_arrival
from goodword.channels.arrivals.keeping import keep_bytes
from goodword.channels.arrivals.model import Arrival
from goodword.channels.arrivals.queue import ask_for_waiting
from goodword.channels.arrivals.reading import READ, Reading
from goodword.channels.arrivals.spool import RawStore

__all__ = ["READ", "Arrival", "RawStore", "Reading", "ask_for_waiting", "keep_arrival", "keep_bytes"]
