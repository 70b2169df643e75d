"""Keys for other programs."""

from typing import Annotated

from litestar import Router, delete, get, post
from litestar.params import SkipValidation
from msgspec import Meta, Struct

from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.staff import keys
from goodword.staff.actions.tokens import create_token, revoke_token
from goodword.staff.model import Agent, Caller, Named, Token
from goodword.staff.store import all_agents

Line = Annotated[str, Meta(max_length=500)]


class TokenLine(Struct):
    """``created_by``: None where the terminal made it; ``disabled``: whoever made it has left, it opens nothing."""

    id: str
    name: str
    scopes: tuple[str, ...]
    last_used_at: int | None
    created_at: int
    created_by: Named | None = None
    expires_at: int | None = None
    disabled: bool = False


class Tokens(Struct):
    tokens: list[TokenLine]


class NewToken(Struct, forbid_unknown_fields=True):
    name: Line
    scopes: Annotated[tuple[Line, ...], Meta(max_length=100)]
    expires_at: Annotated[int, Meta(ge=0, le=1 << 53)] | None = None


class ShownOnce(Struct):
    """``token`` is the secret; nobody can show it again."""

    token: str
    id: str
    name: str
    scopes: tuple[str, ...]
    created_at: int


@get("/", summary="API tokens, without their secrets")
async def list_tokens(database: SkipValidation[Database], caller: Caller) -> Tokens:
    caller.need("tokens.manage")

    async def deed(tx: Tx) -> Tokens:
        makers = {agent.id: agent for agent in await all_agents(tx)}
        return Tokens([_line(token, makers.get(token.created_by)) for token in await keys.all_tokens(tx)])

    return await database.read(deed)


@post("/", summary="Make an API token")
async def new_token(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller, data: NewToken
) -> ShownOnce:
    stamp = caller.stamp(clock.now())
    token, secret = await database.write(
        create_token, stamp, name=data.name, scopes=data.scopes, expires_at=data.expires_at
    )
    return ShownOnce(secret, token.id, token.name, token.scopes, token.created_at)


@delete("/{token_id:str}", summary="Revoke an API token")
async def drop_token(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller, token_id: str
) -> None:
    await database.write(revoke_token, caller.stamp(clock.now()), token_id)


def _line(token: Token, maker: Agent | None) -> TokenLine:
    return TokenLine(
        id=token.id,
        name=token.name,
        scopes=token.scopes,
        last_used_at=token.last_used_at,
        created_at=token.created_at,
        created_by=maker.named if maker else None,
        expires_at=token.expires_at,
        disabled=maker.disabled if maker else False,
    )


routes = Router("/api/v1/tokens", route_handlers=[list_tokens, new_token, drop_token], tags=["Staff"])
