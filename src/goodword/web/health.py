"""Whether the program lives, and whether it can serve."""

from litestar import Response, get

from goodword.platform.db import Database, Tx
from goodword.platform.errors import GoodwordError


@get("/healthz", include_in_schema=False)
async def healthz() -> dict[str, str]:
    """It lives: the loop turns."""
    return {"status": "alive"}


@get("/readyz", include_in_schema=False)
async def readyz(database: Database) -> Response[dict[str, str]]:
    """200 when the database takes a write and keeps it; 503 with the reason otherwise."""
    try:
        await database.write(_touch)
    except GoodwordError as error:
        return Response({"status": "unavailable", "reason": str(error)}, status_code=503)
    return Response({"status": "ready"})


async def _touch(tx: Tx) -> None:
    await tx.run("UPDATE alembic_version SET version_num = version_num")
