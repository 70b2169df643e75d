"""The agents' door to conversations: the list, one with its time line, and every deed."""

from litestar import Router

from goodword.conversations.api import (
    aside,
    beginning,
    bulk,
    canned,
    deeds,
    drafts,
    joining,
    judging,
    later,
    reading,
    searching,
    views,
    writing,
)

routes = Router(
    "/api/v1",
    route_handlers=[
        *reading.routes,
        *writing.routes,
        *beginning.routes,
        *drafts.routes,
        *deeds.routes,
        *bulk.routes,
        *views.routes,
        *searching.routes,
        *joining.routes,
        *aside.routes,
        *later.routes,
        *judging.routes,
        *canned.routes,
    ],
    tags=["conversations"],
)
