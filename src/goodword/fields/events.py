"""What can happen to a field; all on the stream of the field."""

from goodword.fields.model import Field, Subject
from goodword.platform.events import Fact


class FieldDefined(Fact):
    field: Field


class FieldEdited(Fact):
    field: Field


class FieldRemoved(Fact):
    key: str
    on: Subject
