"""What is given to a browser, and what it tells about itself."""

from typing import Any

from litestar import Request
from litestar.datastructures import Cookie

from goodword.platform.clock import DAY, SECOND
from goodword.platform.settings import Settings
from goodword.staff.model import COOKIE, DEVICE_COOKIE, REMEMBERED_FOR, Place

# Only where people sign in does it matter by which browser they come.
DEVICE_PATH = "/api/v1/session"


def place_of(request: Request[Any, Any, Any]) -> Place:
    """Where a request comes from."""
    address = request.client.host if request.client else ""
    device = request.cookies.get(DEVICE_COOKIE, "")[:100]
    return Place(address[:64], request.headers.get("user-agent", "")[:200], device)


def session_cookie(request: Request[Any, Any, Any], settings: Settings, secret: str) -> Cookie:
    return _cookie(request, COOKIE, secret, "/", settings.session_days * DAY // SECOND)


def device_cookie(request: Request[Any, Any, Any], secret: str) -> Cookie:
    return _cookie(request, DEVICE_COOKIE, secret, DEVICE_PATH, REMEMBERED_FOR // SECOND)


def errand_cookie(request: Request[Any, Any, Any], name: str, secret: str, path: str, seconds: int) -> Cookie:
    """``seconds=0``: it is forgotten. Lax, since the way back begins on another site."""
    return _cookie(request, name, secret, path, seconds)


def _cookie(request: Request[Any, Any, Any], name: str, value: str, path: str, seconds: int) -> Cookie:
    secure = request.url.scheme == "https"
    return Cookie(key=name, value=value, path=path, max_age=seconds, httponly=True, samesite="lax", secure=secure)
