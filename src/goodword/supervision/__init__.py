"""What a supervisor sees and does: the live wall, listening in, and pauses after what is hard to bear.

The wall is read from conversations as they stand, never kept twice. Whether somebody is offered a pause follows from
what customers wrote and how much an agent had in hand; the agent's own words and mood are never read.
"""

from goodword.supervision.actions.decline_pause import decline_pause
from goodword.supervision.actions.end_pause import end_pause
from goodword.supervision.actions.listen import listen
from goodword.supervision.actions.offer_pause import offer_pause
from goodword.supervision.actions.take_pause import take_pause
from goodword.supervision.model import Need, Pause, needs, strain
from goodword.supervision.wall import Wall, wall

__all__ = [
    "Need",
    "Pause",
    "Wall",
    "decline_pause",
    "end_pause",
    "listen",
    "needs",
    "offer_pause",
    "strain",
    "take_pause",
    "wall",
]
