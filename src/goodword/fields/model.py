"""What a field is, and which values it takes."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

import msgspec

from goodword.platform.errors import BadInput
from goodword.platform.words import clean

Subject = Literal["conversation", "customer"]
Kind = Literal["text", "number", "choice", "date", "checkbox"]
Value = str | int | float | bool

KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOST_FIELDS: Final = 60
MOST_OPTIONS: Final = 100
LONGEST_LABEL: Final = 60
LONGEST_TEXT: Final = 300
LARGEST: Final = 1e15


class Field(msgspec.Struct, frozen=True):
    """``options``: those of a choice, in their order. ``key`` is for programs, ``label`` for people."""

    id: str
    key: str
    label: str
    kind: Kind
    options: tuple[str, ...]
    on: Subject
    position: int


def checked_key(key: str) -> str:
    if not KEY.fullmatch(key):
        raise BadInput("field_key", fields={"key": "field_key"})
    return key


def key_from(label: str, taken: Sequence[str]) -> str:
    """A key that says what the label says, as far as ASCII can."""
    words = "_".join(re.findall(r"[a-z0-9]+", label.lower()))[:36].strip("_")
    stem = words if KEY.fullmatch(words) else "field"
    others = (f"{stem}_{n}" for n in range(2, MOST_FIELDS + 3))
    return stem if stem not in taken else next(key for key in others if key not in taken)


def checked_label(label: str) -> str:
    label = " ".join(clean(label).split())
    if not 1 <= len(label) <= LONGEST_LABEL:
        raise BadInput("name", fields={"label": "required"}, limit=LONGEST_LABEL)
    return label


def checked_options(kind: Kind, options: Sequence[str]) -> tuple[str, ...]:
    """Each once and on one line; a choice has at least one, everything else none."""
    lines = tuple(dict.fromkeys(" ".join(clean(option).split()) for option in options))
    kept = tuple(line for line in lines if line)
    if kind != "choice":
        return ()
    if not kept or len(kept) > MOST_OPTIONS or max(map(len, kept)) > LONGEST_TEXT:
        raise BadInput("options", fields={"options": "options"}, limit=MOST_OPTIONS)
    return kept


def checked_value(field: Field, value: object) -> Value | None:
    """As it is kept; None where there is nothing in it. ``BadInput`` names the field."""
    match field.kind, value:
        case _, None:
            return None
        case "checkbox", bool():
            return value
        case "number", int() | float() if not isinstance(value, bool):
            # Neither what is infinite nor what is no number is within.
            if -LARGEST <= value <= LARGEST:
                return int(value) if float(value).is_integer() else value
        case (("text" | "choice" | "date"), str()):
            line = " ".join(clean(value).split())
            if not line or _fits(field, line):
                return line or None
    raise BadInput("field_value", fields={field.key: "type"}, field=field.label)


def _fits(field: Field, line: str) -> bool:
    if field.kind == "choice":
        return line in field.options
    if field.kind == "date":
        return bool(DATE.fullmatch(line)) and _is_day(line)
    return len(line) <= LONGEST_TEXT


def _is_day(line: str) -> bool:
    try:
        date.fromisoformat(line)
    except ValueError:
        return False
    return True
