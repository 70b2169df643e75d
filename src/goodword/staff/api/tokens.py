"""Keys for other programs."""

from typing import Annotated

from litestar import Router, delete, get, post
from litestar.params import SkipValidation
from msgspec import Meta, Struct

from goodword.platform.clock import Clock
from goodword.platform.db import Database
from goodword.staff import keys
from goodword.staff.actions.tokens import create_token, revoke_token
from goodword.staff.model import Caller, Token

Line = Annotated[str, Meta(max_length=500)]


class TokenLine(Struct):
    id: str
    name: str
    scopes: tuple[str, ...]
    last_used_at: int | None
    created_at: int


class Tokens(Struct):
    tokens: list[TokenLine]


class NewToken(Struct, forbid_unknown_fields=True):
    name: Line
    scopes: Annotated[tuple[Line, ...], Meta(max_length=100)]


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
    return Tokens([_line(token) for token in await database.read(keys.all_tokens)])


@post("/", summary="Make an API token")
async def new_token(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller, data: NewToken
) -> ShownOnce:
    stamp = caller.stamp(clock.now())
    token, secret = await database.write(create_token, stamp, name=data.name, scopes=data.scopes)
    return ShownOnce(secret, token.id, token.name, token.scopes, token.created_at)


@delete("/{token_id:str}", summary="Revoke an API token")
async def drop_token(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller, token_id: str
) -> None:
    await database.write(revoke_token, caller.stamp(clock.now()), token_id)


def _line(token: Token) -> TokenLine:
    return TokenLine(token.id, token.name, token.scopes, token.last_used_at, token.created_at)


routes = Router("/api/v1/tokens", route_handlers=[list_tokens, new_token, drop_token], tags=["Staff"])
