"""Who takes a conversation that waits for a person, and what the customer is told while it waits.

Nobody gets more than his load, nobody is passed over, and what is said about place and time is what the desk's own
last conversations show. Every decision is made under one lock, in one transaction with what follows from it.
"""

from goodword.routing.actions.announce import announce_positions
from goodword.routing.actions.place import place
from goodword.routing.actions.serve_queue import serve_queue
from goodword.routing.model import Desk, Seat, choose, position_in

__all__ = ["Desk", "Seat", "announce_positions", "choose", "place", "position_in", "serve_queue"]
