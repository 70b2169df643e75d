"""The words of a mail, once as plain text and once as HTML.

Both say the same: the answer, what the assistant adds to it, the signature, and below them what the customer wrote, or
what is passed on.
"""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

import msgspec

from goodword.channels.adapters.email.sending.forwarding import Forwarded, forwarded
from goodword.channels.adapters.email.sending.markdown import in_html, in_plain_text, linked
from goodword.channels.adapters.email.sending.model import Quote
from goodword.channels.contract import Outbound
from goodword.channels.structured import in_language
from goodword.conversations.model import Attachment, Card, Message
from goodword.platform.clock import SECOND
from goodword.platform.i18n import text
from goodword.platform.words import clean

LONGEST_QUOTE = 10_000
FONT = "font:15px/1.5 -apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif"
QUOTED = "margin:0;padding-inline-start:12px;border-inline-start:2px solid #c8ccd0;color:#50575e"
FAINT = "color:#50575e"


class Words(msgspec.Struct, frozen=True):
    """What is written below the answer, in the language of who reads it."""

    added: str
    signature: str
    attribution: str
    quoted: str
    forwarded: Forwarded | None = None


def words_of(outbound: Outbound, quote: Quote | None, enclosed: Collection[str]) -> Words:
    """``enclosed``: the ids of the attachments that travel along; of others the address is given."""
    language = outbound.language
    message = outbound.message
    left_out = [file for file in attachments_of(outbound) if file.id not in enclosed]
    files = [f"– {file.name}: {_address(file.url, outbound.public_url)}" for file in left_out]
    return Words(
        added="\n\n".join(filter(None, ["\n".join(files), _added(message, language, outbound.public_url)])),
        signature=_signature(outbound),
        attribution=_attribution(quote, language) if quote else "",
        quoted=clean(quote.text, LONGEST_QUOTE).strip() if quote else "",
        forwarded=forwarded(outbound),
    )


def attachments_of(outbound: Outbound) -> tuple[Attachment, ...]:
    """The answer's own, then those of what it passes on."""
    original = outbound.forwards
    return (*outbound.message.attachments, *(original.attachments if original else ()))


def plain(answer: str, words: Words) -> str:
    """As the widget shows the answer; what is quoted stands behind ``>``, the signature below ``-- ``."""
    parts = [in_plain_text(answer), words.added]
    if words.signature:
        parts.append(f"-- \n{words.signature}")
    if words.quoted:
        behind = "\n".join(f"> {line}".rstrip() for line in words.quoted.split("\n"))
        parts.append(f"{words.attribution}\n{behind}")
    if words.forwarded:
        parts += [words.forwarded.head, words.forwarded.words]
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def html(answer: str, words: Words, language: str, pictures: dict[str, str]) -> str:
    """``pictures``: under which address a picture of the answer lies in this very mail (``cid:…``).

    The marks are those by which mail programs fold quoted text and signatures.
    """
    parts = [f'<div lang="{language}" dir="auto">{in_html(answer, pictures)}{_lines(words.added)}</div>']
    if words.signature:
        parts.append(f'<div class="gmail_signature" dir="auto" style="{FAINT}">-- <br>{_lines(words.signature)}</div>')
    if words.quoted:
        parts.append(
            f'<div class="gmail_quote"><div class="gmail_attr" dir="auto" style="{FAINT}">{_lines(words.attribution)}'
            f'</div><blockquote type="cite" class="gmail_quote" dir="auto" style="{QUOTED}">{_lines(words.quoted)}'
            "</blockquote></div>"
        )
    if words.forwarded:
        parts.append(
            f'<div class="gmail_quote"><div class="gmail_attr" dir="auto">{_lines(words.forwarded.head)}</div><br>'
            f'<div dir="auto">{_lines(words.forwarded.words)}</div></div>'
        )
    head = f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"></head>'
    return f'{head}<body style="{FONT}">{"<br>".join(parts)}</body></html>\n'


def _added(message: Message, language: str, public_url: str) -> str:
    """Cards, choices and sources, which only a page can show as such."""
    blocks = [_card(card, public_url) for card in message.cards]
    labels = [choice.label for choice in message.choices]
    if labels:
        blocks.append("\n".join([text(language, "mail.choices"), *(f"– {label}" for label in labels)]))
    sources = dict.fromkeys((source.title, _address(source.url, public_url)) for source in message.sources)
    if sources:
        named = [f"– {title}: {url}" if url else f"– {title}" for title, url in sources]
        blocks.append("\n".join([text(language, "mail.sources"), *named]))
    return "\n\n".join(clean(block) for block in blocks)


def _card(card: Card, public_url: str) -> str:
    lines = [card.title, card.text, _address(card.url, public_url), *(f"– {button.label}" for button in card.buttons)]
    return "\n".join(line for line in lines if line)


def _address(url: str, public_url: str) -> str:
    """In full; where nobody has said under which address we are reached, there is none for pages of our own."""
    if url.startswith(("https://", "http://")):
        return url
    return f"{public_url.rstrip('/')}{url}" if public_url and url.startswith("/") else ""


def _signature(outbound: Outbound) -> str:
    written: Any = outbound.channel.settings.get("signature")
    name = outbound.message.author.name or outbound.company
    chosen = in_language(written, outbound.language)
    return clean(chosen.replace("{agent}", name).replace("{company}", outbound.company)).strip()


def _attribution(quote: Quote, language: str) -> str:
    at = datetime.fromtimestamp(quote.at / SECOND, UTC)
    shown = {"year": f"{at:%Y}", "month": f"{at:%m}", "day": f"{at:%d}", "time": f"{at:%H:%M}"}
    return text(language, "mail.wrote", name=" ".join(clean(quote.name).split()), **shown)


def _lines(words: str) -> str:
    return linked(words).replace("\n", "<br>\n")
