"""Fields of one's own: what a company wants to know of its conversations and customers beside what every desk knows.

A ``Field`` says what values it takes; the values stay with what they belong to. ``check`` is asked before one is kept.
"""

from goodword.fields.actions.define import define
from goodword.fields.actions.edit import edit
from goodword.fields.actions.remove import remove
from goodword.fields.model import Field, Subject, Value, checked_value
from goodword.fields.store import all_fields, check, fields_on

__all__ = [
    "Field",
    "Subject",
    "Value",
    "all_fields",
    "check",
    "checked_value",
    "define",
    "edit",
    "fields_on",
    "remove",
]
