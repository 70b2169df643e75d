"""A mail is handed to the server that sends on for us, and its answer is understood."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, Final, NamedTuple

import msgspec
from aiosmtplib import SMTP, SMTPConnectResponseError, SMTPResponseException
from aiosmtplib.errors import SMTPAuthenticationError, SMTPException

from goodword.channels.adapters.email.fetching.connecting import MailboxTrouble, trouble
from goodword.channels.adapters.email.sending.model import Composed
from goodword.channels.adapters.email.sending.verdicts import Answer, Verdict, verdict_on
from goodword.channels.contract import Receipt
from goodword.platform.errors import Rejected, Unreachable


class Patience(NamedTuple):
    """Seconds. The end of a mail takes long where it is searched for viruses."""

    connect: float = 15.0
    answer: float = 30.0
    end: float = 180.0
    whole: float = 420.0


PATIENCE: Final = Patience()
GOODBYE: Final = 2.0
WANTS_SIGN_IN: Final = (530, 534, 535, 538)


class Relay(msgspec.Struct, frozen=True):
    """Where, and as whom. With a ``token`` it is XOAUTH2, without a ``user`` nobody signs in.

    ``security``: ``tls`` from the first byte, ``starttls``, which is insisted on, or ``none``.
    """

    host: str
    port: int
    security: str = "tls"
    user: str = ""
    password: str = ""
    token: str = ""
    greets_as: str = "localhost"


def relay_of(settings: Mapping[str, Any], token: str = "") -> Relay:
    """By a mailbox's settings, with secrets in the clear. Without its own name and password it takes those of IMAP."""
    address = str(settings.get("address") or "")
    same = not settings.get("smtp_user")
    user = settings.get("smtp_user") or settings.get("imap_user") or address
    password = settings.get("smtp_password") or (settings.get("imap_password") if same else "")
    return Relay(
        host=str(settings.get("smtp_host") or ""),
        port=int(settings.get("smtp_port") or 465),
        security=str(settings.get("smtp_security") or "tls"),
        user=str(user) if password or token else "",
        password=str(password or ""),
        token=token,
        greets_as=_greeting(address),
    )


async def send(
    relay: Relay, mail: Composed, *, tls: ssl.SSLContext | None = None, patience: Patience = PATIENCE
) -> Receipt:
    """Once this returns the server has the mail for at least those it was written to.

    ``answer`` is what it said, and who of those that only read along it refused. ``Rejected``: never, with a reason of
    ``verdicts``. ``Unreachable``: not now; with trouble of the mailbox itself (``password``, ``certificate``…) until
    somebody mends it. Whether it was taken isn't known where the line broke behind its last byte: then it is sent
    again under the same Message-ID.
    """
    try:
        async with asyncio.timeout(patience.whole), _signed_in(relay, tls, patience) as smtp:
            return await _hand_over(smtp, mail, patience)
    except MailboxTrouble as away:
        raise unreachable(away) from away
    except (SMTPException, OSError) as error:
        broken = trouble(error)
        reason = broken.reason if broken.reason in ("timeout", "tls", "certificate") else "line"
        raise Unreachable(reason, detail=broken.detail) from error


@asynccontextmanager
async def _signed_in(relay: Relay, tls: ssl.SSLContext | None, patience: Patience) -> AsyncIterator[SMTP]:
    """A connection that may send. ``MailboxTrouble``."""
    smtp = await connected(relay, tls, patience)
    try:
        await sign_in(smtp, relay)
        yield smtp
        # What was taken is taken, whether or not we part as friends.
        with suppress(SMTPException, OSError):
            await smtp.quit(timeout=GOODBYE)
    finally:
        smtp.close()


async def connected(relay: Relay, tls: ssl.SSLContext | None = None, patience: Patience = PATIENCE) -> SMTP:
    """A connection as safe as was asked for, never less. ``MailboxTrouble``."""
    if not relay.host:
        raise MailboxTrouble("name", "no SMTP server is set")
    smtp = SMTP(
        hostname=relay.host,
        port=relay.port,
        use_tls=relay.security == "tls",
        start_tls=False,
        tls_context=tls or ssl.create_default_context(),
        local_hostname=relay.greets_as,
        timeout=patience.answer,
    )
    try:
        await smtp.connect(timeout=patience.connect)
        await smtp.ehlo()
        if relay.security == "starttls":
            await _secure(smtp, relay.host)
    except Exception as error:
        smtp.close()
        raise _trouble(error) from error
    return smtp


async def sign_in(smtp: SMTP, relay: Relay) -> None:
    """By one way only: who is refused twice for one password is soon locked out. ``MailboxTrouble``."""
    if not relay.user:
        return
    try:
        if relay.token:
            await smtp.auth_xoauth2(relay.user, relay.token)
        elif "plain" in smtp.server_auth_methods:
            await smtp.auth_plain(relay.user, relay.password)
        elif "login" in smtp.server_auth_methods:
            await smtp.auth_login(relay.user, relay.password)
        elif "cram-md5" in smtp.server_auth_methods:
            await smtp.auth_crammd5(relay.user, relay.password)
        else:
            raise MailboxTrouble("password", "the server offers no way to sign in here")
    except SMTPAuthenticationError as no:
        answer = Answer(no.code, no.message)
        if answer.is_for_now:
            raise MailboxTrouble("refused", str(answer)) from no
        raise MailboxTrouble("oauth" if relay.token else "password", str(answer)) from no
    except (SMTPException, OSError) as error:
        raise trouble(error) from error


async def _secure(smtp: SMTP, host: str) -> None:
    if not smtp.supports_extension("starttls"):
        raise MailboxTrouble("tls", "STARTTLS is not offered")
    await smtp.starttls(server_hostname=host)
    await smtp.ehlo()


async def _hand_over(smtp: SMTP, mail: Composed, patience: Patience) -> Receipt:
    options = ["BODY=8BITMIME"] if mail.utf8 and smtp.supports_extension("8bitmime") else []
    if mail.utf8:
        if not smtp.supports_extension("smtputf8"):
            raise Rejected("recipient", detail="SMTPUTF8 is not supported by this server")
        options.append("SMTPUTF8")
    if smtp.supports_extension("size"):
        options.append(f"SIZE={len(mail.raw)}")
    encoding = "utf-8" if mail.utf8 else "ascii"
    try:
        await smtp.mail(mail.sender, options=options, encoding=encoding)
    except SMTPResponseException as no:
        if no.code in WANTS_SIGN_IN:
            raise MailboxTrouble("password", str(Answer(no.code, no.message))) from no
        raise _refusal(verdict_on("MAIL", Answer(no.code, no.message))) from no
    except ValueError as error:
        raise Rejected("sender", detail=str(error)) from error
    refused = await _refused(smtp, (*mail.to, *mail.cc, *mail.bcc), encoding)
    if all(address in refused for address in mail.to):
        raise _refusal(verdict_on("RCPT", refused[mail.to[0]]))
    try:
        taken = await smtp.data(mail.raw, timeout=patience.end)
    except SMTPResponseException as no:
        raise _refusal(verdict_on("DATA", Answer(no.code, no.message))) from no
    return Receipt(mail.message_id, _in_words(Answer(taken.code, taken.message), refused))


async def _refused(smtp: SMTP, recipients: tuple[str, ...], encoding: str) -> dict[str, Answer]:
    """What the server said of those it doesn't take the mail for."""
    refused: dict[str, Answer] = {}
    for address in recipients:
        try:
            await smtp.rcpt(address, encoding=encoding)
        except SMTPResponseException as no:
            refused[address] = Answer(no.code, no.message)
        except (ValueError, UnicodeError) as error:
            refused[address] = Answer(553, f"5.1.3 {error}")
    return refused


def _in_words(taken: Answer, refused: Mapping[str, Answer]) -> str:
    return "; ".join([str(taken), *(f"{address}: {answer}" for address, answer in refused.items())])


def _refusal(verdict: Verdict) -> Rejected | Unreachable:
    if verdict.for_good:
        return Rejected(verdict.reason, detail=verdict.words)
    return Unreachable(verdict.reason, detail=verdict.words, retry_after=verdict.pause)


def _trouble(error: Exception) -> MailboxTrouble:
    """aiosmtplib wraps what the operating system said."""
    if isinstance(error, SMTPConnectResponseError):
        return MailboxTrouble("refused", f"{error.code} {error.message}")
    if isinstance(error.__cause__, OSError) and not isinstance(error, TimeoutError):
        return trouble(error.__cause__)
    return trouble(error)


def unreachable(away: MailboxTrouble) -> Unreachable:
    """The mail waits. Trying a wrong password again and again has the mailbox locked."""
    pause = 900.0 if away.reason in ("password", "oauth") else None
    return Unreachable(away.reason, detail=away.detail, retry_after=pause)


def _greeting(address: str) -> str:
    """The name by which we introduce ourselves; some servers want one with a dot in it."""
    domain = address.rpartition("@")[2]
    return domain if domain.isascii() and "." in domain and domain.isprintable() and " " not in domain else "localhost"
