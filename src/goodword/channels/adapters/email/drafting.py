"""A mail as a message: its new words, and the letter around them."""

from goodword.channels.adapters.email.model import Address, Mail
from goodword.channels.adapters.email.tokens import without_tokens
from goodword.conversations.model import LONGEST_TEXT, Attachment, Draft, Letter, Party
from goodword.platform.words import clean

LONGEST_SUBJECT = 300
LONGEST_FOLDED = 20_000
LONGEST_NAME = 120
MOST_PARTIES = 50


def draft_of(mail: Mail, key: str, arrival_id: str, files: tuple[Attachment, ...]) -> Draft:
    """``key``: the same for the same mail, by whatever way it came."""
    text = clean(mail.reply_text).strip()
    letter = Letter(
        subject=shown_subject(mail),
        sender=party(mail.sender),
        reply_to=next((party(one) for one in mail.reply_to if one.address), None),
        to=parties(mail.to),
        cc=parties(mail.cc),
        dated=mail.date,
        folded=clean(mail.folded, LONGEST_FOLDED).strip("\n"),
        arrival_id=arrival_id,
        automatic=mail.automatic,
        doubt="sender_check" if mail.sender_check == "fail" else "",
        shortened=len(text) > LONGEST_TEXT,
        written=bool(mail.html),
    )
    return Draft(key, text[:LONGEST_TEXT], attachments=files, letter=letter)


def shown_subject(mail: Mail) -> str:
    """One line, without our token."""
    return " ".join(clean(without_tokens(mail.subject)).split())[:LONGEST_SUBJECT]


def name_of(address: Address) -> str:
    return " ".join(clean(address.name).split())[:LONGEST_NAME]


def parties(addresses: tuple[Address, ...]) -> tuple[Party, ...]:
    return tuple(found for one in addresses[:MOST_PARTIES] if (found := party(one)))


def party(address: Address) -> Party | None:
    name = name_of(address)
    return Party(clean(address.address, 254), name) if address.address or name else None
