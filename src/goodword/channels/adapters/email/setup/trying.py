"""A mailbox is tried for real: signed in to, its folders looked at, and asked whether it sends. Nothing is sent."""

import asyncio
import ssl
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from aiosmtplib import SMTP, SMTPResponseException
from aiosmtplib.errors import SMTPException

from goodword.channels.adapters.email.fetching.connecting import MailboxTrouble, trouble, way_of
from goodword.channels.adapters.email.fetching.session import opened
from goodword.channels.adapters.email.sending.relay import Patience, Relay, connected, relay_of, sign_in
from goodword.channels.adapters.email.sending.verdicts import Answer, verdict_on

PATIENCE: Final = Patience(connect=10.0, answer=15.0, end=15.0, whole=40.0)


class Way(msgspec.Struct):
    """One direction. ``reason`` as ``errors.mailbox.<reason>``, ``detail`` in the other side's words.

    ``folders``: those that there are. Where a direction isn't wanted there is nothing wrong with it.
    """

    ok: bool = True
    reason: str = ""
    detail: str = ""
    folders: list[str] = []


class Tried(msgspec.Struct):
    incoming: Way
    outgoing: Way


async def try_both(
    settings: Mapping[str, Any], token: str | MailboxTrouble, tls: ssl.SSLContext | None = None
) -> Tried:
    """``settings`` in the clear; ``token`` where one signs in without a password, or why there is none."""
    if isinstance(token, MailboxTrouble):
        fetches, sends = settings.get("inbound") == "imap", settings.get("outbound") == "smtp"
        return Tried(_failed(token) if fetches else Way(), _failed(token) if sends else Way())
    incoming, outgoing = await asyncio.gather(try_fetching(settings, token), try_sending(settings, token, tls))
    return Tried(incoming, outgoing)


async def try_fetching(settings: Mapping[str, Any], token: str = "") -> Way:
    if settings.get("inbound") != "imap":
        return Way()
    try:
        async with asyncio.timeout(PATIENCE.whole), opened(way_of(settings, token)) as session:
            folders = await session.folders()
    except Exception as error:
        return _failed(trouble(error))
    missing = _missing([str(name) for name in settings.get("folders") or ["INBOX"]], folders)
    if missing:
        return Way(False, "folder", ", ".join(missing), folders)
    return Way(folders=folders)


async def try_sending(settings: Mapping[str, Any], token: str = "", tls: ssl.SSLContext | None = None) -> Way:
    """As far as a mail to ourselves goes before it has any content."""
    if settings.get("outbound") != "smtp":
        return Way()
    relay, address = relay_of(settings, token), str(settings.get("address") or "")
    try:
        async with asyncio.timeout(PATIENCE.whole):
            return await _sends(relay, address, tls)
    except MailboxTrouble as found:
        return _failed(found)
    except (SMTPException, OSError, ValueError) as error:
        return _failed(trouble(error))


async def _sends(relay: Relay, address: str, tls: ssl.SSLContext | None) -> Way:
    smtp = await connected(relay, tls, PATIENCE)
    try:
        await sign_in(smtp, relay)
        refusal = await _refusal(smtp, address)
        await smtp.rset()
        return refusal or Way()
    finally:
        smtp.close()


async def _refusal(smtp: SMTP, address: str) -> Way | None:
    """A no for now, such as greylisting, isn't one."""
    try:
        await smtp.mail(address)
    except SMTPResponseException as no:
        return _judged("sender_refused", "MAIL", no)
    try:
        await smtp.rcpt(address)
    except SMTPResponseException as no:
        return _judged("relay_refused", "RCPT", no)
    return None


def _judged(reason: str, phase: Any, no: SMTPResponseException) -> Way | None:
    verdict = verdict_on(phase, Answer(no.code, no.message))
    if not verdict.for_good:
        return None
    wants_password = no.code in (530, 535)
    reason = "relay_refused" if verdict.reason == "relay" else reason
    return Way(False, "password" if wants_password else reason, verdict.words)


def _failed(found: MailboxTrouble) -> Way:
    return Way(False, found.reason, found.detail)


def _missing(wanted: Sequence[str], folders: Sequence[str]) -> list[str]:
    """INBOX is the one name in which capitals don't count."""
    there = {name if name.upper() != "INBOX" else "INBOX" for name in folders} | {"INBOX"}
    return [name for name in wanted if (name if name.upper() != "INBOX" else "INBOX") not in there]
