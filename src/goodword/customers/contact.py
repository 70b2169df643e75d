"""Names and addresses as people type them, and as we keep them."""

import re
import unicodedata

from goodword.customers.model import Kind
from goodword.platform.errors import BadInput

LONGEST_NAME = 120
LONGEST_EMAIL = 254
LONGEST_VALUE = 200
EMAIL = re.compile(r"[^@\s<>(),;:\"\\]+@[^@\s<>(),;:\"\\]+")


def clean_email(text: str) -> str:
    """Folded, so that one mailbox is one value. ``BadInput``: not an address."""
    email = unicodedata.normalize("NFKC", text).strip().casefold()
    if len(email) > LONGEST_EMAIL or not EMAIL.fullmatch(email) or not email.isprintable():
        raise BadInput("email")
    return email


def clean_phone(text: str) -> str:
    """Digits with an optional plus in front. ``BadInput``: not a number."""
    phone = re.sub(r"[\s().\-/]", "", unicodedata.normalize("NFKC", text))
    if not re.fullmatch(r"\+?[0-9]{4,20}", phone):
        raise BadInput("phone")
    return phone


def clean_line(text: str, limit: int = LONGEST_NAME) -> str:
    """One line without control characters and direction marks, cut to ``limit`` characters."""
    kept = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", text))
    return " ".join(kept.split())[:limit].strip()


def clean_language(tag: str) -> str | None:
    """A language tag of any language, or None where it isn't one."""
    return tag if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}", tag) and len(tag) <= 16 else None


def clean_value(kind: Kind, text: str) -> str:
    """The value of an identity, the same however it was typed."""
    if kind == "email":
        return clean_email(text)
    if kind == "phone":
        return clean_phone(text)
    if not text or len(text) > LONGEST_VALUE or not text.isprintable():
        raise BadInput("identity")
    return text


def folded(*texts: str | None) -> str:
    """What a search looks through: each word behind a blank, without case and width."""
    words = clean_line(" ".join(text for text in texts if text), 1_000)
    return " " + " ".join(unicodedata.normalize("NFKC", words).casefold().split())
