"""Errors as RFC 9457 problem documents, in the language of whoever asked."""

import re
from typing import Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, InternalServerException

from goodword.platform import errors
from goodword.platform.errors import Broken, GoodwordError
from goodword.platform.i18n import has_text, preferred, text

log = structlog.get_logger(__name__)
# Where in a request a value of the wrong type stands, as msgspec says it.
IN_THE_BODY = re.compile(r"at `\$\.data\.([^`]+)`")
BY_STATUS: dict[int, type[GoodwordError]] = {
    400: errors.BadInput,
    401: errors.Unauthenticated,
    403: errors.Forbidden,
    404: errors.NotFound,
    405: errors.NotFound,
    413: errors.TooLarge,
    415: errors.WrongType,
    429: errors.RateLimited,
    503: errors.Unavailable,
}


def problem_response(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """``type``, ``title``, ``status``, ``detail`` (a sentence for the person), ``code``, ``retry``, ``retry_after``,
    ``fields``.
    """
    ours = as_ours(error)
    if ours.status >= 500:
        log.error("http.failed", path=request.url.path, code=ours.code, reason=ours.reason, exc_info=error)
    found = problem(ours, preferred(request.headers.get("accept-language")))
    headers = {} if ours.retry_after is None else {"Retry-After": str(max(1, round(ours.retry_after)))}
    body = msgspec.json.encode(found)
    return Response(body, status_code=ours.status, media_type="application/problem+json", headers=headers)


def problem(ours: GoodwordError, language: str) -> dict[str, object]:
    """The document itself, for an answer that tells of several."""
    found: dict[str, object] = {
        "type": f"/problems/{ours.code}",
        "title": text(language, f"errors.{ours.code}"),
        "status": ours.status,
        "detail": sentence(ours, language),
        "code": ours.code,
        "reason": ours.reason,
        "retry": ours.retry,
    }
    if ours.retry_after is not None:
        found["retry_after"] = ours.retry_after
    found |= {name: ours.facts[name] for name in ours.tells if name in ours.facts}
    if ours.fields:
        found["fields"] = {name: _field(ours, word, language) for name, word in ours.fields.items()}
    return found


def as_ours(error: Exception) -> GoodwordError:
    """Whatever was raised, as one of our tree."""
    if isinstance(error, GoodwordError):
        return error
    if isinstance(error, InternalServerException) and (field := IN_THE_BODY.search(str(error.__cause__))):
        # The framework takes a field that bears the name of something it injects for that thing.
        return errors.BadInput(fields={field[1]: "type"})
    if isinstance(error, HTTPException):
        kind = BY_STATUS.get(error.status_code, errors.BadInput if error.status_code < 500 else Broken)
        return kind(fields=_fields(error))
    return errors.BadInput() if _is_unreadable(error) else Broken()


def _is_unreadable(error: Exception) -> bool:
    """Whether the body was not UTF-8, not JSON, nested too deep or in an unknown encoding.

    The framework lets these through as they came.
    """
    too_deep = isinstance(error, RecursionError) and "deserializing" in str(error)
    unknown = isinstance(error, LookupError) and str(error).startswith("unknown encoding")
    return too_deep or unknown or isinstance(error, UnicodeDecodeError | msgspec.DecodeError)


def sentence(error: GoodwordError, language: str) -> str:
    finer = f"errors.{error.code}.{error.reason}"
    return text(language, finer if error.reason and has_text(finer) else f"errors.{error.code}", **error.facts)


def _field(error: GoodwordError, word: str, language: str) -> str:
    """What is wrong with one field, as a sentence; a word that has none stays as it is."""
    for key in (f"errors.field.{word}", f"errors.{error.code}.{word}"):
        if has_text(key):
            return text(language, key, **error.facts)
    return word


def _fields(error: HTTPException) -> dict[str, str]:
    extra = error.extra if isinstance(error.extra, list) else []
    named = [item for item in extra if isinstance(item, dict) and item.get("key")]
    return {str(item["key"]): str(item.get("message", "")) for item in named}
