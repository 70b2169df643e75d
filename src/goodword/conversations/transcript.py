"""A conversation to take away: as text, as a page, or for a program."""

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from html import escape
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from goodword.conversations import store
from goodword.conversations.letters import is_outside
from goodword.conversations.model import Attachment, Conversation, Message
from goodword.conversations.spoken import spoken
from goodword.conversations.streams import streams_of
from goodword.customers import find_customer
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import Event, earlier
from goodword.platform.i18n import FALLBACK, LANGUAGES, text
from goodword.staff import company_name

Format = Literal["txt", "html", "json"]
TYPES: dict[Format, str] = {"txt": "text/plain", "html": "text/html", "json": "application/json"}
MOST_EVENTS = 50_000
END = 1 << 62
PAGE = """<!doctype html>
<html lang="{language}"><meta charset="utf-8"><title>{title}</title>
<style>body{{font:16px/1.5 sans-serif;max-width:44em;margin:2em auto;padding:0 1em}}h2{{font-size:1em;margin:1.5em 0 0}}
p{{margin:.2em 0;white-space:pre-wrap}}time{{font-weight:normal;color:#555}}.note{{background:#fff8e0}}</style>
<h1>{title}</h1>
<p>{times}</p>
{lines}
</html>
"""
LINE = '<section class="{kind}"{lang}><h2>{who} <time datetime="{iso}">{at}</time></h2><p>{text}</p>{files}</section>'


class Transcript(msgspec.Struct, frozen=True):
    """A file: its name, the type of its contents, and these."""

    name: str
    content_type: str
    content: bytes


class Said(msgspec.Struct, frozen=True):
    """One message, or that it was removed. ``at`` is ISO 8601 with the offset of the time zone that was asked for."""

    at: str
    author: str
    author_kind: str
    kind: str
    text: str
    attachments: tuple[Attachment, ...]


async def transcript(
    tx: Tx,
    conversation_id: str,
    format: Format = "txt",
    *,
    for_customer: bool,
    language: str | None = None,
    tz: str = "UTC",
    notes: bool = False,
    company: str = "",
    base_url: str = "",
) -> Transcript:
    """Everything that was said, in order, with what was merged into it; whispers and side threads never.

    For a customer neither notes, nor what was passed on to others and what they said, nor what reached us through
    another door than his: whose conversation it is, the caller has made sure of. ``language``: of the headings, else
    the conversation's; ``tz``: an IANA name (``BadInput`` for another); ``base_url`` stands before the addresses of
    files.
    """
    zone = _zone(tz)
    conversation = await store.get(tx, conversation_id)
    events = await _events(tx, conversation, for_customer)
    wanted = [one.message for one in spoken(events) if _is_wanted(one.message, for_customer=for_customer, notes=notes)]
    tongue = next((one for one in (language, conversation.language) if one in LANGUAGES), FALLBACK)
    customer = await find_customer(tx, conversation.customer_id)
    named = text(tongue, "conversation.customer")
    known = customer.name if customer and customer.name and not for_customer else named
    gone = text(tongue, "conversation.removed")
    said = [_said(message, zone, known, base_url, gone) for message in wanted]
    title = text(tongue, "conversation.transcript", number=conversation.number, company=await company_name(tx, company))
    times = text(tongue, "conversation.times", zone=tz)
    content = _written(format, tongue, title, times, said, [message.language for message in wanted])
    return Transcript(f"conversation-{conversation.number}.{format}", f"{TYPES[format]}; charset=utf-8", content)


def _zone(name: str) -> tzinfo:
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise BadInput("time_zone") from error


async def _events(tx: Tx, conversation: Conversation, for_customer: bool) -> list[Event]:
    streams = await streams_of(tx, conversation.id)
    if for_customer:
        merged = [await store.get(tx, id) for id in streams]
        streams = [one.id for one in merged if one.identity_id == conversation.identity_id]
    return [event for stream in streams for event in await earlier(tx, stream, END, MOST_EVENTS)]


def _is_wanted(message: Message, *, for_customer: bool, notes: bool) -> bool:
    if for_customer:
        return message.kind == "message" and not is_outside(message)
    return message.kind == "message" or notes


def _said(message: Message, zone: tzinfo, customer: str, base_url: str, gone: str) -> Said:
    at = datetime.fromtimestamp(message.at / 1_000, zone)
    name = customer if message.author.kind == "customer" else message.author.name
    files = tuple(msgspec.structs.replace(file, url=base_url + file.url) for file in message.attachments)
    words = gone if message.removed else message.text
    return Said(at.isoformat(timespec="seconds"), name, message.author.kind, message.kind, words, files)


def _written(
    format: Format, language: str, title: str, times: str, said: Sequence[Said], spoken_in: Sequence[str | None]
) -> bytes:
    note = text(language, "conversation.note")
    match format:
        case "json":
            return msgspec.json.format(msgspec.json.encode({"title": title, "messages": said}), indent=2)
        case "txt":
            lines = [title, times, *(_as_text(one, note) for one in said)]
            return ("\n\n".join(lines) + "\n").encode()
        case "html":
            sections = "\n".join(_as_html(one, note, tongue) for one, tongue in zip(said, spoken_in, strict=True))
            page = PAGE.format(language=language, title=escape(title), times=escape(times), lines=sections)
            return page.encode()


def _heading(one: Said, note: str) -> str:
    return f"{one.author} ({note})" if one.kind == "note" else one.author


def _as_text(one: Said, note: str) -> str:
    files = "".join(f"\n[{file.name}: {file.url}]" for file in one.attachments)
    return f"[{_clock(one)}] {_heading(one, note)}\n{one.text}{files}"


def _as_html(one: Said, note: str, language: str | None) -> str:
    files = "".join(f'<p><a href="{escape(file.url)}">{escape(file.name)}</a></p>' for file in one.attachments)
    return LINE.format(
        kind=one.kind,
        lang=f' lang="{escape(language)}"' if language else "",
        who=escape(_heading(one, note)),
        iso=escape(one.at),
        at=_clock(one),
        text=escape(one.text),
        files=files,
    )


def _clock(one: Said) -> str:
    return one.at[:16].replace("T", " ")
