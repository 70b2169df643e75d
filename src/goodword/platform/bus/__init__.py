"""Bells and signals between the parts of one process and, with PostgreSQL, between processes.

A *bell* says only that there is something new to read (``events``, ``jobs``); it may be rung too often and may get
lost, so whoever waits for one also looks by himself now and then. A *signal* is a small message that nobody keeps:
somebody is typing.
"""

from goodword.platform.bus.local import LocalBus
from goodword.platform.bus.model import Bus, Signal
from goodword.platform.bus.postgres import PostgresBus

__all__ = ["Bus", "LocalBus", "PostgresBus", "Signal"]
