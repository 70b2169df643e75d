"""Everything that can go wrong, as one tree.

GoodwordError
├── CallerError            the caller's fault; asking again the same way will not help
│   ├── BadInput           400  a value is missing, malformed or too long; ``fields`` names which
│   ├── Unauthenticated    401  nobody is signed in, or the token is not ours
│   ├── SecondFactorNeeded 401  the password was right; what else is needed is told with it
│   ├── Forbidden          403  signed in, but this deed needs another right
│   ├── NotFound           404  no such thing, or not for these eyes
│   ├── Conflict           409  the thing has moved on since the caller looked
│   ├── TooLarge           413  more bytes than the limit
│   ├── WrongType          415  a kind of file or body that is not taken
│   └── RateLimited        429  too many of these; come back after ``retry_after`` seconds
├── OurError               our fault
│   ├── Unavailable        503  something we need is away just now; try again after ``retry_after`` seconds
│   └── Broken             500  a mistake in the program; it has been logged
└── RemoteError            a channel's or another system's fault
    ├── Rejected           502  it said no for good; do not try again
    └── Unreachable        502  it did not answer; try again after ``retry_after`` seconds

The sentence a person sees comes from the catalogue: ``errors.<code>`` or, where a reason is given,
``errors.<code>.<reason>``.
"""

from typing import ClassVar


class GoodwordError(Exception):
    """Root of the tree. ``reason`` picks a finer sentence, ``facts`` fill its placeholders."""

    code: ClassVar[str] = "broken"
    status: ClassVar[int] = 500
    retry: ClassVar[bool] = False
    tells: ClassVar[tuple[str, ...]] = ()
    """Names of those ``facts`` that the caller's program needs to go on."""

    def __init__(
        self,
        reason: str = "",
        *,
        fields: dict[str, str] | None = None,
        retry_after: float | None = None,
        **facts: object,
    ) -> None:
        super().__init__(": ".join(part for part in (self.code, reason) if part))
        self.reason = reason
        self.fields = fields or {}
        self.retry_after = retry_after
        self.facts = facts


class CallerError(GoodwordError):
    pass


class BadInput(CallerError):
    code, status = "bad_input", 400


class Unauthenticated(CallerError):
    code, status = "unauthenticated", 401


class SecondFactorNeeded(CallerError):
    code, status = "second_factor_needed", 401
    tells = ("challenge", "enrol")


class Forbidden(CallerError):
    code, status = "forbidden", 403


class NotFound(CallerError):
    code, status = "not_found", 404


class Conflict(CallerError):
    code, status = "conflict", 409


class TooLarge(CallerError):
    code, status = "too_large", 413


class WrongType(CallerError):
    code, status = "wrong_type", 415


class RateLimited(CallerError):
    code, status, retry = "rate_limited", 429, True


class OurError(GoodwordError):
    pass


class Unavailable(OurError):
    code, status, retry = "unavailable", 503, True


class Broken(OurError):
    pass


class RemoteError(GoodwordError):
    status = 502


class Rejected(RemoteError):
    code = "rejected"


class Unreachable(RemoteError):
    code, retry = "unreachable", True
