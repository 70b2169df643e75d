"""Who takes a conversation that waits for a person, and what the customer is told while it waits.

By itself the desk gives nobody more than his load, nothing outside his shift and nothing that he can't answer. Nobody
is passed over for ever, and nothing lies with somebody who is gone. What is said about place and time is what the
desk's own last conversations show. Every decision is made under one lock, in one transaction with what follows from it.
"""

from goodword.routing.actions.announce import announce_positions
from goodword.routing.actions.change_settings import change_settings
from goodword.routing.actions.place import place
from goodword.routing.actions.serve_queue import serve_queue
from goodword.routing.actions.take_back import take_back
from goodword.routing.model import Desk, Seat, Waiting, choose, position_in
from goodword.routing.settings import ChannelRule, RoutingSettings, Skill
from goodword.routing.waits import Expectation, expectation

__all__ = [
    "ChannelRule",
    "Desk",
    "Expectation",
    "RoutingSettings",
    "Seat",
    "Skill",
    "Waiting",
    "announce_positions",
    "change_settings",
    "choose",
    "expectation",
    "place",
    "position_in",
    "serve_queue",
    "take_back",
]
