"""What happens around supervision: pauses on the agent's stream, listening in on the conversation's."""

from goodword.platform.events import Fact
from goodword.staff.model import Named


class PauseOffered(Fact):
    """After ``conversation_id``, which was hard to read; told to the agent alone."""

    agent: Named
    conversation_id: str


class PauseDeclined(Fact):
    agent: Named


class PauseTaken(Fact):
    """Until ``until`` (ms) nothing new is given to the agent."""

    agent: Named
    until: int


class PauseEnded(Fact):
    agent: Named


class ListenedIn(Fact):
    """A supervisor reads along. Recorded once an hour, and no secret to the staff."""

    agent: Named
