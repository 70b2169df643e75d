"""What of an arrival people see: its bytes as text, and the text that they give back."""

from typing import Final

LARGEST_VIEW: Final = 200_000


def shown_part(raw: bytes) -> tuple[str, bytes]:
    """As much as an editor bears, and the bytes behind it. Every byte can be told from the text again."""
    cut = len(raw) if len(raw) <= LARGEST_VIEW else raw.rfind(b"\n", 0, LARGEST_VIEW) + 1 or LARGEST_VIEW
    return raw[:cut].decode(_encoding(raw[:cut])), raw[cut:]


def mended(raw: bytes, text: str) -> bytes:
    """``raw`` with ``text`` in the place of the part of it that was shown."""
    shown, rest = shown_part(raw)
    encoding = _encoding(raw[: len(raw) - len(rest)])
    if "\r\n" in shown and "\r" not in text:
        text = text.replace("\n", "\r\n")
    try:
        return text.encode(encoding) + rest
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace") + rest


def _encoding(raw: bytes) -> str:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"
