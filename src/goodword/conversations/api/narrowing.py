"""What narrows a list or a search, as an address says it."""

from typing import Annotated, Any

from litestar import Request
from litestar.params import QueryParameter

from goodword.conversations.filter import Filter
from goodword.conversations.model import Mood, Priority, Status

FIELD = "field."


def narrowing(
    request: Request[Any, Any, Any],
    team: str | None = None,
    channel: str | None = None,
    mood: list[Mood] | None = None,
    tag: str | None = None,
    # `language` alone is the caller's own, as everywhere.
    spoken: Annotated[str | None, QueryParameter(name="language")] = None,
    assignee: str | None = None,
    customer: str | None = None,
    status: Status | None = None,
    priority: Priority | None = None,
    waiting: bool = False,
) -> Filter:
    """All of a filter but its view, its order and its words; ``field.<key>`` narrows by a field of one's own."""
    fields = {name[len(FIELD) :]: value for name, value in request.query_params.items() if name.startswith(FIELD)}
    return Filter(
        team=team,
        channel=channel,
        mood=tuple(mood or ()),
        tag=tag,
        language=spoken,
        assignee=assignee,
        customer=customer,
        status=status,
        priority=priority,
        waiting=waiting,
        fields=fields,
    )
