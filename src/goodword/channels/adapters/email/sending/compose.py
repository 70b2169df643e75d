"""A reply as a mail: bytes that are the same at every try."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from typing import Any

from goodword.channels.adapters.email.sending.bodies import attachments_of, html, plain, words_of
from goodword.channels.adapters.email.sending.lines import addresses, line, message_ids, subject
from goodword.channels.adapters.email.sending.markdown import addresses_of_pictures
from goodword.channels.adapters.email.sending.model import Composed, Named, Prepared
from goodword.channels.adapters.email.sending.recipients import recipients
from goodword.channels.adapters.email.tokens import (
    loop_mark,
    reply_address,
    sign_message,
    subject_token,
    without_tokens,
)
from goodword.channels.contract import Outbound
from goodword.conversations.model import Attachment, Party
from goodword.platform.clock import SECOND
from goodword.platform.i18n import text
from goodword.platform.words import clean

LONGEST_SUBJECT = 300
MOST_REFERENCES = 21
# What programs of all languages put before the subject of an answer, again and again.
ANSWERED = "re|aw|antw|sv|vs|odp|ref|rif|r|ynt|答复|答覆|回复|回覆|回信|返信|답장|회신"
PASSED_ON = "fwd|fw|wg|tr|转发|轉寄|轉發|전달|転送"
PREFIX, FORWARDED = (
    re.compile(rf"^\s*(?:{marks})\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*", re.IGNORECASE)
    for marks in (ANSWERED, f"{ANSWERED}|{PASSED_ON}")
)


def compose(outbound: Outbound, contents: Mapping[str, bytes]) -> Composed:
    """``contents``: the bytes of the message's attachments, by their id."""
    prepared = outbound.prepared if isinstance(outbound.prepared, Prepared) else Prepared()
    who = recipients(outbound)
    sender = _mailbox(str(outbound.channel.settings["address"]))
    # One who only reads along because the customer had him read along must not keep the answer from getting through a
    # server that can't write his address.
    wanted = who.to if outbound.message.letter is None else (*who.shown, *who.bcc)
    utf8 = not sender.isascii() or not all(map(_is_ascii, wanted))
    cc = who.cc if utf8 else tuple(filter(_is_ascii, who.cc))
    mail = EmailMessage(_policy(utf8=utf8))
    message_id = sign_message(outbound.secret, outbound.channel.id, outbound.message.id, sender.rpartition("@")[2])
    _address(mail, outbound, sender, who.to, cc)
    _thread(mail, message_id, prepared.references, answers=outbound.forwards is None)
    _mark(mail, outbound)
    _fill(mail, outbound, prepared, contents)
    return Composed(message_id, sender, _plain(who.to), _plain(cc), bytes(mail), utf8, _plain(who.bcc))


def _is_ascii(party: Party) -> bool:
    return party.address.rpartition("@")[0].isascii()


def _policy(*, utf8: bool) -> "EmailPolicy[EmailMessage]":
    """Nothing but ASCII on the wire, unless an address asks for more; headers as ``lines`` writes them."""
    return SMTP.clone(max_line_length=78, cte_type="7bit", refold_source="none", utf8=utf8)


def _address(mail: EmailMessage, outbound: Outbound, sender: str, to: Sequence[Party], cc: Sequence[Party]) -> None:
    mail.set_raw("From", addresses([(_sender_name(outbound), sender)]))
    mail.set_raw("To", addresses([_named(party) for party in to]))
    if cc:
        mail.set_raw("Cc", addresses([_named(party) for party in cc]))
    delimiter = str(outbound.channel.settings.get("reply_delimiter", "+"))
    back = reply_address(
        sender, outbound.secret, outbound.conversation_id, outbound.number, "" if delimiter == "none" else delimiter
    )
    if back != sender:
        mail.set_raw("Reply-To", addresses([(line(outbound.company), back)]))
    mail.set_raw("Subject", subject(_subject(outbound)))
    mail["Date"] = format_datetime(datetime.fromtimestamp(outbound.message.at // SECOND, UTC))


def _sender_name(outbound: Outbound) -> str:
    """``Ada Silva (Fennel & Oak)``, or what the mailbox is set to say, in which {agent} and {company} are filled in."""
    company, author = outbound.company, outbound.message.author
    chosen = str(outbound.channel.settings.get("sender_name", ""))
    if chosen:
        return line(chosen.replace("{agent}", author.name or company).replace("{company}", company))
    named = author.kind != "system" and author.name
    return line(text(outbound.language, "mail.from", name=author.name, company=company) if named else company)


def _subject(outbound: Outbound) -> str:
    """As its writer chose; else ``Re:`` once, whatever stood there, or ``Fwd:`` before what is passed on."""
    chosen = outbound.message.letter
    written = line(without_tokens(chosen.subject))[:LONGEST_SUBJECT] if chosen else ""
    written = written or _subject_by_itself(outbound)
    if outbound.channel.settings.get("subject_token", True):
        written = f"{written} {subject_token(outbound.secret, outbound.conversation_id, outbound.number)}"
    return line(written)


def _subject_by_itself(outbound: Outbound) -> str:
    original, gone = outbound.forwards, outbound.goes_on or outbound.answers
    if original is not None:
        before = original.letter.subject if original.letter else ""
        return f"Fwd: {_bare(before or outbound.subject, FORWARDED)}".rstrip()
    bare = _bare((gone.subject if gone else "") or outbound.subject)
    return f"Re: {bare}" if bare else text(outbound.language, "mail.subject", company=outbound.company)


def _bare(written: str, prefix: re.Pattern[str] = PREFIX) -> str:
    written = line(without_tokens(written))[:LONGEST_SUBJECT]
    while found := prefix.match(written):
        written = written[found.end() :]
    return written


def _thread(mail: EmailMessage, message_id: str, references: Sequence[str], *, answers: bool) -> None:
    """What is passed on belongs to its thread and answers nobody."""
    known = [id for id in dict.fromkeys(references) if _is_id(id) and id != message_id]
    mail.set_raw("Message-ID", message_ids([message_id]))
    if known:
        kept = known if len(known) <= MOST_REFERENCES else [known[0], *known[1 - MOST_REFERENCES :]]
        if answers:
            mail.set_raw("In-Reply-To", message_ids(known[-1:]))
        mail.set_raw("References", message_ids(kept))


def _is_id(id: str) -> bool:
    """One that can stand in a header as it is."""
    return id.isascii() and id.isprintable() and 0 < len(id) <= 900 and not set(id) & set("<> ")


def _mark(mail: EmailMessage, outbound: Outbound) -> None:
    mail["X-Goodword"] = loop_mark(outbound.secret, outbound.channel.id)
    if outbound.message.author.kind != "agent":
        mail["Auto-Submitted"] = "auto-replied"
        mail["X-Auto-Response-Suppress"] = "All"
    if outbound.language:
        mail["Content-Language"] = outbound.message.language or outbound.language


def _fill(mail: EmailMessage, outbound: Outbound, prepared: Prepared, contents: Mapping[str, bytes]) -> None:
    message, words, attached = outbound.message, words_of(outbound, prepared.quote, contents), attachments_of(outbound)
    answer = clean(message.text)
    shown = _pictures(answer, [file for file in message.attachments if file.id in contents])
    pictures = {url: f"cid:{_content_id(file, mail)}" for url, file in shown.items()}
    mail.set_content(plain(answer, words))
    language = message.language or outbound.language
    mail.add_alternative(html(answer, words, language, pictures), subtype="html")
    written = mail.get_body(("html",))
    assert isinstance(written, EmailMessage)
    for file in dict.fromkeys(shown.values()):
        cid = f"<{_content_id(file, mail)}>"
        written.add_related(contents[file.id], cid=cid, disposition="inline", **_called(file))
    for file in attached:
        if file not in shown.values() and file.id in contents:
            mail.add_attachment(contents[file.id], **_called(file))
    _name_boundaries(mail, message.id)


def _called(file: Attachment) -> dict[str, Any]:
    main, _, sub = file.content_type.partition("/")
    return {"maintype": main, "subtype": sub or "octet-stream", "filename": line(file.name)}


def _pictures(answer: str, attachments: Sequence[Attachment]) -> dict[str, Attachment]:
    """Those of the attachments that the answer shows, by the address under which it does."""
    pictures = [file for file in attachments if file.content_type.startswith("image/")]
    asked = addresses_of_pictures(answer)
    return {url: file for url in asked for file in pictures if url == file.url or f"/{file.id}/" in url}


def _content_id(file: Attachment, mail: EmailMessage) -> str:
    return f"{file.id}@{str(mail['Message-ID']).strip('<>').rpartition('@')[2]}"


def _name_boundaries(mail: EmailMessage, message_id: str) -> None:
    """The same at every try; no line of ours begins like that, since text is encoded and lines of it are ours."""
    for place, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"=_{message_id}_{place}")


def _named(party: Party) -> Named:
    address, name = _mailbox(party.address), line(party.name)
    return (name if name.lower() != address.lower() else "", address)


def _mailbox(address: str) -> str:
    """With its domain as servers know it (punycode)."""
    local, _, domain = line(address).replace(" ", "").rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return f"{local}@{domain}"


def _plain(parties: Sequence[Party]) -> tuple[str, ...]:
    return tuple(_mailbox(party.address) for party in parties)
