"""A field is asked for from now on."""

from collections.abc import Sequence

from goodword.fields import store
from goodword.fields.events import FieldDefined
from goodword.fields.model import (
    MOST_FIELDS,
    Field,
    Kind,
    Subject,
    checked_key,
    checked_label,
    checked_options,
    key_from,
)
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput, Conflict
from goodword.platform.events import Stamp, append


async def define(
    tx: Tx, stamp: Stamp, *, on: Subject, label: str, kind: Kind, key: str = "", options: Sequence[str] = ()
) -> Field:
    """The last one of its subject. ``Conflict``: the key is taken; ``BadInput``: what a field can't be."""
    stamp.need("fields.manage")
    await tx.lock("fields")
    label = checked_label(label)
    known = await store.fields_on(tx, on)
    if len(known) >= MOST_FIELDS:
        raise BadInput("too_many_fields", limit=MOST_FIELDS)
    key = checked_key(key) if key else key_from(label, list(known))
    if key in known:
        raise Conflict("field_taken", fields={"key": "field_taken"})
    position = max((field.position for field in known.values()), default=0) + 1
    field = Field(ids.new("fld", stamp.at), key, label, kind, checked_options(kind, options), on, position)
    await store.keep_field(tx, field)
    await append(tx, field.id, FieldDefined(field=field), stamp)
    return field
