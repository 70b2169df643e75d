"""Who calls: the visitor behind a token, and what he may do with what is his."""

from typing import Any

from litestar import Request

from goodword.channels import store
from goodword.channels.adapters.webchat import view
from goodword.channels.model import Channel
from goodword.conversations import Attachment
from goodword.customers import OwnView, Session, find_session
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.errors import Unauthenticated
from goodword.platform.events import Actor, Stamp
from goodword.platform.files import FileStore, find_many
from goodword.platform.http import bearer
from goodword.platform.i18n import ours, preferred

Calls = Request[Any, Any, Any]


def token_of(request: Calls) -> str:
    return bearer(request.headers.get("authorization"))


def language_of(request: Calls, asked: str = "") -> str:
    return ours(asked) or preferred(request.headers.get("accept-language"))


async def session_of(tx: Tx, now: int, key: str, token: str) -> Session:
    return (await channel_and_session(tx, now, key, token))[1]


async def channel_and_session(tx: Tx, now: int, key: str, token: str) -> tuple[Channel, Session]:
    """``Unauthenticated`` where the token opens nothing."""
    channel = await store.by_key(tx, key)
    session = await find_session(tx, ids.fingerprint(token), channel.id, now)
    if session is None:
        raise Unauthenticated("visitor")
    return channel, session


async def stamp_of(tx: Tx, now: int, session: Session) -> Stamp:
    """What the visitor does is done under the name that he goes by himself."""
    customer, who = await view.visitor_of(tx, session)
    return Stamp(now, Actor("customer", customer.id, who.name))


async def newest_conversation(tx: Tx, now: int, key: str, token: str) -> tuple[str, OwnView] | None:
    session = await session_of(tx, now, key, token)
    own = await view.own_conversations(tx, session)
    return (view.current(own).id, (await view.visitor_of(tx, session))[1]) if own else None


async def attachments_of(tx: Tx, wanted: list[str], session: Session, files: FileStore) -> tuple[Attachment, ...]:
    """The visitor's own files by their ids."""
    found = await find_many(tx, wanted, owner=session.identity_id)
    return tuple(Attachment(file.id, file.name, file.content_type, file.size, files.url(file)) for file in found)
