"""Setting up a mailbox by its address: the servers are found, and tried for real in both directions."""

from goodword.channels.adapters.email.setup.finding import Found, find
from goodword.channels.adapters.email.setup.providers import Server
from goodword.channels.adapters.email.setup.trying import Tried, Way, try_both

__all__ = ["Found", "Server", "Tried", "Way", "find", "try_both"]
